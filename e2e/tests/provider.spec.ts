import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { logOut, mailedLink, newAddress, password, shown, signUp } from "./account";
import { backToCode, openSnippet, retypeLine, run, watchForErrors } from "./drill";

/** `tests/oauth-provider`, which logs in `somebody` without asking. */
const provider = "http://127.0.0.1:18081";
const solved = "two-sum-1-python";

test("from a trial over five snippets and an account to a log-in by a provider, the export and the deletion", async ({
  page,
  request,
}) => {
  const errors = watchForErrors(page);
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await retypeLine(page, "wanted = number - target", "wanted = target - number");
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("solution-sheet")).toBeVisible();
  for (const exercise of ["group-anagrams", "level-order", "coin-change", "subsets"]) {
    await page.goto(`/drill/${exercise}-1-python`);
    await run(page);
    await backToCode(page);
  }
  await signUp(page, email);
  await page.goto(await mailedLink(email, "verify-email"));
  await shown(page, "confirm-email").click();
  await expect(shown(page, "email-verified")).toBeVisible();
  await logOut(page);

  await request.post(`${provider}/test/accounts/somebody`, {
    data: { claims: { name: "Ada L.", email, email_verified: true } },
  });
  await page.goto("/log-in");
  await shown(page, "provider-google").click();
  await expect(page).not.toHaveURL(/oauth|log-in/);
  await page.goto("/profile");
  await expect(shown(page, "account-name")).toBeVisible();
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/solved/);

  await page.goto("/account/data");
  const download = page.waitForEvent("download");
  await page.getByTestId("export-button").click();
  const copy = readFileSync(await (await download).path(), "utf8");
  expect(copy).toContain(email);
  expect(copy).toContain("google");

  await page.getByTestId("to-delete-account").click();
  await shown(page, "password").fill(password);
  await shown(page, "delete-account").click();
  await shown(page, "confirm-button").click();
  await expect(shown(page, "sign-up")).toBeVisible();
  await page.goto("/profile");
  await expect(shown(page, "sign-up")).toBeVisible();
  expect(errors).toEqual([]);
});
