import { expect, test } from "@playwright/test";
import { openSnippet, run, tapToken, watchForErrors } from "./drill";

const lines = {
  python: "wanted = number - target",
  javascript: "const wanted = number - target;",
} as const;

for (const language of ["python", "javascript"] as const) {
  test(`a ${language} snippet is fixed in two taps`, async ({ page }) => {
    const errors = watchForErrors(page);
    await openSnippet(page, language, `two-sum-1-${language}`);
    await expect(page.getByText("Tap a token to change it")).toBeVisible();

    await tapToken(page, lines[language], "-");
    await page.getByTestId("key-swap").click();
    await expect(page.locator(".cm-content")).toContainText("wanted = target - number");

    await run(page);
    await expect(page.getByTestId("results-sheet")).toContainText("All 5 tests pass");
    expect(errors).toEqual([]);
  });
}

test("a finger beside a token selects it, a second tap selects more, another token is another choice", async ({
  page,
}) => {
  await openSnippet(page, "python", "two-sum-1-python");
  const mark = page.locator(".cm-markedToken");
  const width = async () => (await mark.boundingBox())?.width ?? 0;

  await tapToken(page, lines.python, "target", 15);
  await expect(mark).toHaveCount(1);
  const narrow = await width();
  // Not at the same place: that might be a double tap, which is the browser's.
  await tapToken(page, lines.python, "target");
  await expect.poll(width).toBeGreaterThan(narrow);
  await tapToken(page, lines.python, "wanted");
  await expect.poll(width).toBeCloseTo(narrow, 0);
});

test("each edit is a step to undo, and the keys stay where they are", async ({ page }) => {
  await openSnippet(page, "python", "two-sum-1-python");
  const code = page.locator(".cm-content");
  const keys = page.getByTestId("token-palette");
  const place = await keys.boundingBox();

  await tapToken(page, lines.python, "target");
  await page.getByTestId("key-+1").click();
  await page.getByTestId("key-+1").click();
  await expect(code).toContainText("number - target + 2");
  expect(await keys.boundingBox()).toEqual(place);
  await page.getByTestId("key-undo").click();
  await expect(code).toContainText("number - target + 1");
  await page.getByTestId("key-undo").click();
  await expect(code).not.toContainText("target + 1");
  expect(await keys.boundingBox()).toEqual(place);
});

test("with the keyboard a tap places the cursor, and the keyboard writes there", async ({
  page,
}) => {
  await openSnippet(page, "python", "two-sum-1-python");
  await page.getByTestId("key-keyboard-outline").click();
  await tapToken(page, lines.python, "target");
  await page.keyboard.press("End");
  await page.keyboard.type(" * 2");
  await expect(page.locator(".cm-content")).toContainText("number - target * 2");
  await expect(page.locator(".cm-markedToken")).toHaveCount(0);
});
