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

/** Taps a token of the line that holds `text`; `beside` is how far right of it the finger lands. */
export async function tapToken(page: Page, text: string, token: string, beside = 0) {
  const line = page.locator(".cm-line", { hasText: text });
  const place = await line.evaluate((element, wanted) => {
    element.scrollIntoView({ block: "center" });
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const start = node.textContent?.indexOf(wanted) ?? -1;
      if (start < 0) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return { x: (left + right) / 2, y: (top + bottom) / 2, half: (right - left) / 2 };
    }
    return null;
  }, token);
  if (!place) throw new Error(`there is no ${token} in ${text}`);
  await page.touchscreen.tap(place.x + (beside && place.half + beside), place.y);
}

/** Replaces all the code. Pasted at once, since the editor indents what is typed. */
export async function replaceCode(page: Page, code: string) {
  const lines = page.locator(".cm-line");
  await expect(async () => {
    await page.locator(".cm-content").click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(code);
    expect((await lines.allTextContents()).join("\n")).toBe(code);
  }).toPass();
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
