import { expect, test } from "@playwright/test";
import { openSnippet } from "./drill";

test("patterns lead to snippets, filtered by difficulty", async ({ page }) => {
  await page.goto("/");
  await page.getByTestId("language-python").click();
  await page.getByTestId("tab-patterns").click();
  await page.getByTestId("pattern-two-pointers").click();
  await expect(page.getByTestId("introduction")).toBeVisible();
  await expect(page.getByTestId("snippet-move-zeroes-1-python")).toBeVisible();
  await page.getByTestId("difficulty-hard").click();
  await expect(page.getByTestId("snippet-move-zeroes-1-python")).toBeHidden();
  await page.locator('[data-testid^="snippet-"]').first().click();
  await expect(page.locator(".cm-content")).toBeVisible();
});

test("unknown addresses and snippets say so", async ({ page }) => {
  const response = await page.goto("/no/such/page");
  expect(response?.status()).toBe(404);
  await page.goto("/drill/no-such-snippet");
  await expect(
    page.getByText(/not found|no such|isn.t here|does not exist|doesn.t exist/i).first(),
  ).toBeVisible();
});

test("the sixth snippet of a trial is refused kindly, and the five stay usable", async ({
  page,
}) => {
  const exercises = ["two-sum", "group-anagrams", "level-order", "coin-change", "subsets"];
  const first = `${exercises[0]}-1-python`;
  await openSnippet(page, "python", first);
  for (const exercise of exercises) {
    await page.goto(`/drill/${exercise}-1-python`);
    await page.getByTestId("run-button").click();
    await expect(page.getByTestId("results-sheet")).toBeVisible();
  }
  await page.goto("/drill/house-robber-1-python");
  await expect(page.getByTestId("trial-ended")).toBeVisible();
  await expect(page.getByTestId("run-button")).toHaveCount(0);
  await page.goto(`/drill/${first}`);
  await page.getByTestId("run-button").click();
  await expect(page.getByTestId("results-sheet")).toBeVisible();
});

/** A phone, and what is left of it in a browser's zoom of 200 %. */
const sizes = [
  { width: 390, height: 844 },
  { width: 195, height: 422 },
];

for (const size of sizes) {
  test(`nothing is wider than ${size.width} pixels`, async ({ page }) => {
    await page.setViewportSize(size);
    await openSnippet(page, "javascript", "two-sum-1-javascript");
    for (const path of [
      "/",
      "/patterns",
      "/progress",
      "/profile",
      "/patterns/hash-map",
      "/drill/two-sum-1-javascript",
      "/badges",
      "/leaderboard",
      "/sign-up",
      "/log-in",
      "/forgot-password",
      "/reset-password",
    ]) {
      const response = await page.goto(path);
      expect(response?.status(), path).toBe(200);
      await page.waitForLoadState("networkidle");
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBe(0);
    }
  });
}
