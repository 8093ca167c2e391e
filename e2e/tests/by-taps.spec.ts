import { expect, type Page, test } from "@playwright/test";
import { newAddress, shown, signUp } from "./account";
import { tapToken } from "./drill";

/** For a snippet of each pattern: a token on a line, and the key that mends it. */
const fixes = [
  ["combination-sum-2", "if numbers[i] >= remaining", ">=", ">"],
  ["insert-position-2", "if numbers[middle] <= target", "<=", "<"],
  ["coin-change-3", "unreachable = amount", "amount", "+1"],
  ["count-islands-2", "sink(column, row)", "sink", "swap"],
  ["two-sum-1", "wanted = number - target", "-", "swap"],
  ["reverse-list-3", "current.next = previous", "current", "arrow-down"],
  ["range-sum-2", "total = number", "=", "+="],
  ["longest-unique-substring-1", "longest = max(longest, end - start)", "start", "+1"],
  ["valid-parentheses-2", "stack.pop(0)", "0", "delete"],
  ["course-order-3", "for before, course in", ",", "swap"],
  ["level-order-2", "queue.pop()", "pop", "popleft"],
  ["has-path-sum-1", "and has_path_sum", "and", "or"],
  ["pair-with-target-1", "while left <= right", "<=", "<"],
] as const;

const tap = (page: Page, testId: string) => shown(page, testId).tap();

test("a snippet of each pattern is fixed and submitted by taps alone", async ({ page }) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await tap(page, "language-python");
  await signUp(page, newAddress());
  for (const [name, line, token, key] of fixes) {
    await page.goto(`/drill/${name}-python`);
    await expect(page.locator(".cm-content")).toBeVisible();
    await tapToken(page, line, token);
    await tap(page, `key-${key}`);
    await tap(page, "submit-button");
    await expect(shown(page, "solution-sheet"), name).toContainText("Fixed!");
  }
  await page.goto("/progress");
  const solved = page.getByText("Solved", { exact: true }).locator("..");
  await expect(solved).toHaveText(`${fixes.length}Solved`);
});
