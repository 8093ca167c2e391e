import { expect, test } from "@playwright/test";
import { openSnippet, replaceCode, retypeLine, run, watchForErrors } from "./drill";

const codes = {
  python: {
    typed: [
      "def two_sum(numbers, target):",
      "    kind = “two – sum”  # it’s “so”",
      "    seen = {}",
      "    for index, number in enumerate(numbers)：",
      "        if target – number in seen:",
      "            return [seen[target – number], index]",
      "        seen[number] = index",
      "    return []",
    ],
    repaired: [
      'kind = "two – sum"  # it’s “so”',
      "enumerate(numbers):",
      "if target - number in seen",
    ],
  },
  javascript: {
    typed: [
      "function twoSum(numbers, target) {",
      "  const kind = “two – sum”; // it’s “so”",
      "  const seen = new Map();",
      "  for (let index = 0; index < numbers.length; index += 1) {",
      "    const wanted = target – numbers[index]；",
      "    if (seen.has(wanted)) return [seen.get(wanted), index];",
      "    seen.set(numbers[index], index);",
      "  }",
      "  return [];",
      "}",
    ],
    repaired: ['const kind = "two – sum"; // it’s “so”', "wanted = target - numbers[index];"],
  },
} as const;

for (const language of ["python", "javascript"] as const) {
  test(`what a phone typed into ${language} is replaced at a touch`, async ({ page }) => {
    const errors = watchForErrors(page);
    await openSnippet(page, language, `two-sum-1-${language}`);
    const editor = page.locator(".cm-content");
    const { typed, repaired } = codes[language];
    await replaceCode(page, typed.join("\n"));

    await run(page);
    const results = page.getByTestId("results-sheet");
    await expect(results).toContainText("invalid character '“' (U+201C): did you mean '\"'?");
    await page.getByTestId("replace-phone-characters").click();
    await expect(page.getByTestId("close-sheet")).toHaveCount(0);
    for (const line of repaired) await expect(editor).toContainText(line);
    await expect(editor).toBeFocused();
    await expect(page.locator(".cm-activeLine")).toContainText("kind =");

    // It is one step, there and back.
    await page.getByTestId("key-undo").click();
    await expect(editor).toContainText(typed[1].trim());
    await expect(editor).toContainText("target – number");
    await page.getByTestId("key-redo").click();
    await expect(editor).toContainText(repaired[0]);

    await run(page);
    await expect(results).toContainText("All 5 tests pass");
    expect(errors).toEqual([]);
  });
}

test("what is typed into code is straight, and in a string as it was typed", async ({ page }) => {
  await openSnippet(page, "python", "two-sum-1-python");
  await retypeLine(page, "return []", "    return [“a – b”, 3 – 1]  # it’s “so”");
  await expect(page.locator(".cm-content")).toContainText('return ["a – b", 3 - 1]  # it’s “so”');
});
