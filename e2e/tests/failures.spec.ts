import { expect, test } from "@playwright/test";
import { backToCode, openSnippet, replaceCode, run } from "./drill";

const head = {
  python: (body: string) => `def two_sum(numbers, target):\n    ${body}\n`,
  javascript: (body: string) => `function twoSum(numbers, target) {\n  ${body}\n}\n`,
};

const failures = [
  {
    name: "a wrong answer",
    python: head.python("return [41, 42]"),
    javascript: head.javascript("return [41, 42];"),
    shown: [/wrong answer/i, /expected/i, /41, 42/],
  },
  {
    name: "a syntax error",
    python: "def two_sum(numbers, target)\n    return []\n",
    javascript: "function twoSum(numbers, target) {\n  return [;\n}\n",
    shown: [/syntax/i, /line \d/i],
  },
  {
    name: "an endless loop",
    python: head.python("while True: pass"),
    javascript: head.javascript("while (true) {}"),
    shown: [/too long|time limit|took/i],
  },
  {
    name: "an exception",
    python: head.python("return numbers[99]"),
    javascript: head.javascript("return numbers.nothing.at(0);"),
    shown: [/IndexError|TypeError/, /line 2/i],
  },
] as const;

for (const language of ["python", "javascript"] as const) {
  for (const failure of failures) {
    test(`${failure.name} in ${language} is explained, and the next run works`, async ({
      page,
    }) => {
      await openSnippet(page, language, `two-sum-1-${language}`);
      await replaceCode(page, failure[language]);
      await run(page);
      const results = page.getByTestId("results-sheet");
      for (const text of failure.shown) await expect(results).toContainText(text);

      await backToCode(page);
      await replaceCode(page, head[language](language === "python" ? "return []" : "return [];"));
      await run(page);
      await expect(page.getByTestId("test-result-3")).toBeVisible();
      await expect(results).toContainText(/2 of 5/);
    });
  }
}
