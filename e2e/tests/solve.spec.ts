import { expect, test } from "@playwright/test";
import { backToCode, openSnippet, retypeLine, run, watchForErrors } from "./drill";

const snippets = [
  {
    language: "python",
    slug: "two-sum-1-python",
    wrong: "wanted = number - target",
    right: "wanted = target - number",
  },
  {
    language: "javascript",
    slug: "two-sum-1-javascript",
    wrong: "const wanted = number - target;",
    right: "const wanted = target - number;",
  },
] as const;

for (const { language, slug, wrong, right } of snippets) {
  test(`a learner fixes a ${language} snippet`, async ({ page }) => {
    const errors = watchForErrors(page);
    await openSnippet(page, language, slug);

    await run(page);
    const first = page.getByTestId("test-result-1");
    await expect(first).toContainText("Wrong answer");
    await expect(first).toContainText("Expected");
    await backToCode(page);

    await page.getByTestId("hint-button").click();
    await page.getByTestId("reveal-hint-button").click();
    await expect(page.getByTestId("hint-1")).toBeVisible();
    await backToCode(page);

    await retypeLine(page, wrong, right);
    await page.getByTestId("submit-button").click();
    const solution = page.getByTestId("solution-sheet");
    await expect(solution).toBeVisible();
    await solution.getByTestId("why-choice-0").click();
    await expect(solution.getByTestId("why-feedback")).toBeVisible();
    await expect(solution.getByTestId("explanation")).toBeVisible();
    await expect(solution.getByTestId("next-button")).toBeVisible();

    // The solve is remembered by the server.
    await page.goto("/patterns/hash-map");
    await expect(page.getByTestId(`snippet-${slug}`)).toHaveAccessibleName(/solved/);
    expect(errors).toEqual([]);
  });
}

test("a learner who gives up reads the solution", async ({ page }) => {
  await openSnippet(page, "python", "two-sum-2-python");
  await page.getByTestId("hint-button").click();
  await page.getByTestId("give-up-button").click();
  await page.getByTestId("confirm-button").click();
  await expect(page.getByTestId("solution-sheet").getByTestId("explanation")).toBeVisible();
});

test("a draft survives a reload", async ({ page }) => {
  await openSnippet(page, "python", "two-sum-1-python");
  await retypeLine(page, "return []", "    return [7]");
  await expect(page.locator(".cm-content")).toContainText("return [7]");
  await expect(async () => {
    await page.reload();
    await expect(page.locator(".cm-content")).toContainText("return [7]", { timeout: 2_000 });
  }).toPass();
});
