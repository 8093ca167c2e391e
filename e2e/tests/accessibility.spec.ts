import { expect, type Page, test } from "@playwright/test";
import { findings } from "./accessibility";
import { newAddress, shown, signUp } from "./account";
import { backToCode, openSnippet, run, tapToken } from "./drill";

// Each test reads many pages, two times each.
test.describe.configure({ timeout: 60_000 });

/** Pages, each with what stands on it once it has loaded. */
type Pages = readonly (readonly [path: string, testId: string])[];

const atFirst: Pages = [
  ["/", "next-drill"],
  ["/patterns", "pattern-hash-map"],
  ["/patterns/hash-map", "introduction"],
  ["/progress", "tab-progress"],
  ["/badges", "no-badges"],
  ["/leaderboard", "no-points"],
  ["/profile", "sign-up"],
  ["/log-in", "log-in-button"],
  ["/sign-up", "email"],
  ["/forgot-password", "email"],
];

const afterSolving: Pages = [
  ["/", "next-drill"],
  ["/patterns/hash-map", "snippet-two-sum-1-python"],
  ["/progress", "badges-card"],
  ["/badges", "badges-to-earn"],
  ["/leaderboard", "standing-me"],
];

const withAccount: Pages = [
  ["/profile", "account-card"],
  ["/account/details", "save-name"],
  ["/account/password", "change-password"],
  ["/account/second-factor", "begin-second-factor"],
  ["/account/sessions", "current-session"],
  ["/account/data", "export-button"],
  ["/account/delete", "delete-account"],
];

async function findingsOf(page: Page, pages: Pages) {
  const found: string[] = [];
  for (const [path, testId] of pages) {
    await page.goto(path);
    await expect(shown(page, testId).first()).toBeVisible();
    found.push(...(await findings(page, path)));
  }
  return found;
}

test("axe finds nothing in the pages that are open to all", async ({ page }) => {
  await page.goto("/");
  const language = page.getByTestId("language-python");
  await expect(language).toBeVisible();
  const found = await findings(page, "welcome");
  await page.goto("/no/such/page");
  found.push(...(await findings(page, "not found")));
  await page.goto("/");
  await language.click();
  found.push(...(await findingsOf(page, atFirst)));
  expect(found).toEqual([]);
});

test("axe finds nothing in the pages of an account", async ({ page }) => {
  await page.goto("/");
  await page.getByTestId("language-python").click();
  await signUp(page, newAddress());
  expect(await findingsOf(page, withAccount)).toEqual([]);
});

test("axe finds nothing in a drill and what it leads to", async ({ page }) => {
  const found: string[] = [];
  const check = async (name: string) => found.push(...(await findings(page, name)));

  await openSnippet(page, "python", "two-sum-1-python");
  await check("reading");
  await page.getByTestId("menu-button").click();
  await expect(page.getByTestId("reset-button")).toBeVisible();
  await check("menu");
  await page.keyboard.press("Escape");
  await page.getByTestId("hint-button").click();
  await page.getByTestId("reveal-hint-button").click();
  await expect(page.getByTestId("hint-1")).toBeVisible();
  await check("hints");
  await backToCode(page);

  await run(page);
  await check("a failure");
  await page.getByTestId("step-through-1").click();
  await expect(page.getByTestId("debugger")).toBeVisible({ timeout: 20_000 });
  await page.getByTestId("step-forward").click();
  await check("step by step");
  await page.keyboard.press("Escape");

  await tapToken(page, "wanted = number - target", "-");
  await expect(page.getByTestId("key-swap")).toBeVisible();
  await check("a token selected");
  await page.getByTestId("key-swap").click();
  await run(page);
  await expect(page.getByTestId("results-sheet")).toContainText("All 5 tests pass");
  await check("all passed");
  await page.getByTestId("submit-from-results").click();
  const solution = page.getByTestId("solution-sheet");
  await solution.getByTestId("why-choice-0").click();
  await expect(solution.getByTestId("explanation")).toBeVisible();
  await check("solved");
  found.push(...(await findingsOf(page, afterSolving)));
  expect(found).toEqual([]);
});
