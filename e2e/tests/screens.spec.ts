import { expect, test } from "@playwright/test";
import { backToCode, openSnippet, replaceCode, tapToken } from "./drill";

test.describe("on the smallest phone", () => {
  test.use({ viewport: { width: 320, height: 568 } });

  test("the statement makes room once the code is touched, and can be opened again", async ({
    page,
  }) => {
    await openSnippet(page, "python", "insert-position-1-python");
    const statement = page.getByTestId("statement-toggle");
    await expect(statement).toHaveAttribute("aria-expanded", "true");
    await tapToken(page, "while", "while");
    await expect(statement).toHaveAttribute("aria-expanded", "false");
    const editor = await page.locator(".cm-editor").boundingBox();
    expect(editor?.height).toBeGreaterThan(200);
    await statement.click();
    await expect(statement).toHaveAttribute("aria-expanded", "true");
    await tapToken(page, "return", "return");
    await expect(statement).toHaveAttribute("aria-expanded", "true");
  });
});

test.describe("on a desk", () => {
  test.use({ viewport: { width: 1280, height: 800 }, hasTouch: false });

  test("the statement is beside the code, and keys run and submit it", async ({ page }) => {
    await openSnippet(page, "javascript", "insert-position-1-javascript");
    const statement = await page.getByTestId("statement-toggle").boundingBox();
    const editor = await page.locator(".cm-editor").boundingBox();
    expect(statement && editor && statement.x + statement.width <= editor.x).toBe(true);

    await replaceCode(page, "const insertPosition = () => -5;");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByTestId("results-sheet")).toBeVisible();
    await backToCode(page);
    await expect(page.locator(".cm-line")).toHaveCount(1);
    await page.keyboard.press("Control+Shift+Enter");
    await expect(page.getByTestId("results-sheet")).toContainText("Hidden test");
  });
});

test("who asks for less motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSnippet(page, "python", "insert-position-1-python");
  await page.getByTestId("hint-button").click();
  await expect(page.getByTestId("hints-sheet")).toBeVisible();
  const isAnimated = () =>
    page.evaluate(() => document.getAnimations().map((animation) => animation.playState));
  expect(await isAnimated()).toEqual([]);
});
