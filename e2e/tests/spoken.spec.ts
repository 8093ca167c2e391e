import { expect, test } from "@playwright/test";
import { openSnippet } from "./drill";

/** Takes the place of the device's voice, which a browser without a screen does not have. */
function keepWhatIsSaid() {
  const said: SpeechSynthesisUtterance[] = [];
  Object.assign(window, { said });
  window.speechSynthesis.speak = (utterance) => said.push(utterance);
  window.speechSynthesis.cancel = () => {
    said.at(-1)?.dispatchEvent(new Event("end"));
  };
}

test("a hint is read aloud, its code as words, until it is stopped", async ({ page }) => {
  await page.addInitScript(keepWhatIsSaid);
  await openSnippet(page, "python", "two-sum-1-python");
  await page.getByTestId("hint-button").click();
  await page.getByTestId("reveal-hint-button").click();
  const hint = page.getByTestId("hint-1");
  await hint.getByRole("button", { name: "Read hint 1 aloud" }).click();
  const said = () =>
    page.evaluate(() =>
      (window as unknown as { said: SpeechSynthesisUtterance[] }).said.map(({ text }) => text),
    );
  expect(await said()).toHaveLength(1);
  expect((await said())[0]).toMatch(/^[^`]{20,}$/);
  await hint.getByRole("button", { name: "Stop reading" }).click();
  await expect(hint.getByRole("button", { name: "Read hint 1 aloud" })).toBeVisible();
});
