import { expect, type Page } from "@playwright/test";

/** Opens the app for the first time, chooses the language, and opens a snippet. */
export async function openSnippet(page: Page, language: "python" | "javascript", slug: string) {
  await page.goto("/");
  await page.getByTestId(`language-${language}`).click();
  await expect(page.getByTestId("next-drill")).toBeVisible();
  await page.goto(`/drill/${slug}`);
  await expect(page.locator(".cm-content")).toBeVisible();
}

/** Selects the line of the editor that holds `text`, and types another in its place. */
export async function retypeLine(page: Page, text: string, replacement: string) {
  await page.locator(".cm-line", { hasText: text }).click();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+End");
  await page.keyboard.type(replacement);
}

/** Replaces all the code. Pasted at once, since the editor indents what is typed. */
export async function replaceCode(page: Page, code: string) {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(code);
}

/** Runs the code and waits for the results. */
export async function run(page: Page) {
  await page.getByTestId("run-button").click();
  await expect(page.getByTestId("results-sheet")).toBeVisible();
}

/** Goes back to the code, and waits until the sheet is gone: only then the editor keeps the focus. */
export async function backToCode(page: Page) {
  await page.getByTestId("back-to-code").or(page.getByTestId("close-sheet")).first().click();
  await expect(page.getByTestId("close-sheet")).toHaveCount(0);
}

/** Fails when the page logs an error or breaks its Content-Security-Policy. */
export function watchForErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return errors;
}
