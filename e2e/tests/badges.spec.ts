import { expect, test } from "@playwright/test";
import { newAddress, shown, signUp } from "./account";
import { openSnippet, retypeLine, watchForErrors } from "./drill";

test("a learner earns a badge, and with an account is on the leaderboard", async ({ page }) => {
  const errors = watchForErrors(page);
  await openSnippet(page, "python", "two-sum-1-python");
  await retypeLine(page, "wanted = number - target", "wanted = target - number");
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("earned-badges")).toContainText("First fix");

  await page.goto("/progress");
  await expect(shown(page, "badges-card").getByTestId("badge-first_fix")).toContainText("Earned");
  await shown(page, "to-badges").click();
  await expect(page).toHaveURL(/\/badges$/);
  const earned = shown(page, "badges-earned");
  await expect(earned.getByTestId("badge-first_fix")).toContainText("Solve a snippet.");
  await expect(shown(page, "badges-to-earn").getByTestId("badge-ten_fixes")).toBeVisible();

  // A trial sees where it stands, but others do not see it.
  await page.goto("/leaderboard");
  await expect(shown(page, "standing-me")).toContainText("10 points");
  await expect(shown(page, "accounts-only")).toBeVisible();

  await signUp(page, newAddress());
  await page.goto("/progress");
  await shown(page, "to-leaderboard").click();
  await expect(page).toHaveURL(/\/leaderboard$/);
  await expect(shown(page, "standing-me")).toContainText("10 points");
  await expect(shown(page, "accounts-only")).toHaveCount(0);
  await expect(shown(page, "opted-out")).toHaveCount(0);
  expect(errors).toEqual([]);
});
