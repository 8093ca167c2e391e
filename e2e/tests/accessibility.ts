import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];

/** Waits until the page has the colours of the device's theme, and nothing loads or moves any more. */
async function settle(page: Page) {
  await expect(page.getByRole("main").filter({ visible: true })).toHaveCount(1);
  await expect(page.getByLabel("Loading").filter({ visible: true })).toHaveCount(0);
  await page.waitForFunction(() => {
    const main = [...document.querySelectorAll("[role=main]")].find((each) =>
      each.checkVisibility(),
    );
    const colorOf = (element: Element) => getComputedStyle(element).backgroundColor;
    const isMoving = document.getAnimations().some(({ playState }) => playState === "running");
    return main && colorOf(main) === colorOf(document.body) && !isMoving;
  });
}

/** What axe finds in the page as it is shown, in the light and in the dark theme: a line for each element. */
export async function findings(page: Page, name: string): Promise<string[]> {
  const lines: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await settle(page);
    // The other mode opens a page of its own to put frames' results together: twice the time, and there are no frames.
    const axe = new AxeBuilder({ page }).withTags(tags).setLegacyMode();
    const { violations, incomplete } = await axe.analyze();
    // A name that screen readers pass over is no violation to axe where there is a text as well.
    const unheard = incomplete.filter(({ id }) => id === "aria-prohibited-attr");
    for (const { id, nodes } of [...violations, ...unheard]) {
      for (const { target, any, all, none } of nodes) {
        const reason = [...any, ...all, ...none][0]?.message ?? "";
        lines.push(`${name}, ${colorScheme}: ${id} at ${target.join(" ")}: ${reason}`);
      }
    }
  }
  return lines;
}
