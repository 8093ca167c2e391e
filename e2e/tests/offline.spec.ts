import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { openSnippet, retypeLine } from "./drill";

// Elsewhere service workers are blocked, so that tests can stand in for the network.
test.use({ serviceWorkers: "allow" });

const slug = "two-sum-1-python";

/** What is shown of a screen that may also be kept, out of sight, below another. */
const seen = (page: Page, testId: string) =>
  page.getByTestId(testId).filter({ visible: true }).first();

async function waitForServiceWorker(page: Page) {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller)
      await new Promise((resolve) => setTimeout(resolve, 50));
  });
}

/** Waits until so many snippets are kept on the device. */
async function waitForSnippets(page: Page, count: number) {
  await page.goto("/profile");
  const ready = page.getByTestId("ready-count");
  await expect(async () => {
    expect(Number.parseInt((await ready.textContent()) ?? "", 10)).toBeGreaterThanOrEqual(count);
  }).toPass({ timeout: 60_000 });
}

async function fix(page: Page) {
  await retypeLine(page, "wanted = number - target", "wanted = target - number");
}

/** Opens the snippet, waits until the app is all there, and goes offline. */
async function goOffline(page: Page, context: BrowserContext) {
  await openSnippet(page, "python", slug);
  await waitForServiceWorker(page);
  await context.setOffline(true);
}

test("the app can be installed", async ({ page }) => {
  await page.goto("/");
  const address = await page.locator('link[rel="manifest"]').getAttribute("href");
  const response = await page.request.get(address ?? "");
  expect(response.headers()["content-type"]).toMatch(/^application\/manifest\+json/);
  const manifest = await response.json();
  expect(manifest).toMatchObject({ id: "/", start_url: "/", display: "standalone" });
  const purposes = manifest.icons.map(({ purpose }: { purpose?: string }) => purpose);
  expect(purposes).toContain("maskable");
  for (const { src } of manifest.icons) {
    expect((await page.request.get(src)).status(), src).toBe(200);
  }
});

test("every page is there without a connection", async ({ page, context }) => {
  test.setTimeout(120_000);
  await openSnippet(page, "python", slug);
  await page.getByTestId("run-button").click();
  await expect(page.getByTestId("results-sheet")).toBeVisible();
  await waitForServiceWorker(page);
  await waitForSnippets(page, 10);
  for (const path of ["/patterns", "/progress", "/"]) {
    await page.goto(path);
    await page.waitForLoadState("networkidle");
  }
  await context.setOffline(true);

  await page.reload();
  await expect(seen(page, "next-drill")).toBeVisible();
  await expect(seen(page, "offline-notice")).toContainText(/Offline · \d+ snippets ready/);
  await page.goto("/patterns");
  await expect(seen(page, "pattern-hash-map")).toBeVisible();
  for (const path of ["/progress", "/profile"]) {
    await page.goto(path);
    await expect(seen(page, "offline-notice")).toBeVisible();
    await expect(page.getByTestId("failure")).toHaveCount(0);
  }
  await page.goto(`/drill/${slug}`);
  await expect(page.locator(".cm-content")).toBeVisible();

  await page.goto("/drill/some-other-snippet");
  await expect(page.getByTestId("not-on-device")).toBeVisible();
  await page.getByTestId("ready-snippets").locator('[data-testid^="snippet-"]').first().click();
  await expect(page.locator(".cm-content")).toBeVisible();

  const unknown = await page.goto("/no/such/page");
  expect(unknown?.status()).toBe(404);
  await expect(page.getByText("Nothing here")).toBeVisible();
});

test("an attempt made without a connection is kept, and counts once there is one", async ({
  page,
  context,
}) => {
  test.setTimeout(60_000);
  await goOffline(page, context);
  await fix(page);
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("queued-sheet")).toContainText("It counts once you are online");
  await page.getByTestId("back-to-code").click();
  await expect(seen(page, "offline-notice")).toContainText("1 attempt not sent");

  // The same once more is the same attempt; after a reload it is still there, and so is the code.
  await page.reload();
  await expect(page.locator(".cm-content")).toContainText("target - number");
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("queued-sheet")).toBeVisible();
  await page.getByTestId("back-to-code").click();
  await expect(seen(page, "offline-notice")).toContainText("1 attempt not sent");

  await page.goto("/");
  await expect(seen(page, "offline-notice")).toContainText("1 attempt not sent");
  await context.setOffline(false);
  await expect(seen(page, `outcome-${slug}`)).toContainText("Solved. +10 points");
  await expect(page.getByTestId("offline-notice")).toHaveCount(0);
  await page.getByTestId("dismiss-outcomes").click();
  await expect(page.getByTestId("outcomes-card")).toHaveCount(0);

  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${slug}`)).toHaveAccessibleName(/solved/);
  await page.goto("/");
  await expect(seen(page, "next-drill")).toBeVisible();
  await expect(page.getByTestId("outcomes-card")).toHaveCount(0);
});

test("a submission whose answer is lost counts once", async ({ page, context }) => {
  await openSnippet(page, "python", slug);
  await waitForServiceWorker(page);
  let received = 0;
  await context.route(`**/snippets/${slug}/submit`, async (route) => {
    received += 1;
    await route.fetch();
    await route.abort("connectionfailed");
  });
  await context.route("**/progress/sync", (route) => route.abort("connectionfailed"));
  await fix(page);
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("queued-sheet")).toBeVisible();
  await context.unroute("**/progress/sync");
  await page.goto("/");
  await expect(seen(page, `outcome-${slug}`)).toContainText("Solved. +10 points");
  expect(received).toBe(1);
  await page.goto("/progress");
  await expect(page.getByText("10", { exact: true }).first()).toBeVisible();
});

test("a refused attempt says why, and is not sent again", async ({ page, context }) => {
  await goOffline(page, context);
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("queued-sheet")).toBeVisible();
  let asked = 0;
  await context.route("**/progress/sync", async (route) => {
    asked += 1;
    const { items } = route.request().postDataJSON();
    await route.fulfill({
      json: {
        items: items.map(({ client_id }: { client_id: string }) => ({
          client_id,
          status: "refused",
          reason: "trial_exhausted",
          points: 0,
          badges: [],
        })),
      },
    });
  });
  await page.goto("/");
  await context.setOffline(false);
  await expect(seen(page, `outcome-${slug}`)).toContainText("Your trial snippets were used");
  await page.reload();
  await expect(seen(page, `outcome-${slug}`)).toBeVisible();
  expect(asked).toBe(1);
});

test("running says that it needs a connection, where it does", async ({ page, context }) => {
  await goOffline(page, context);
  await page.getByTestId("run-button").click();
  await expect(
    page.getByTestId("failure-sheet").or(page.getByTestId("results-sheet")),
  ).toBeVisible();
});

test("what is kept can be lost, and is loaded again", async ({ page, context }) => {
  await openSnippet(page, "python", slug);
  await waitForServiceWorker(page);
  // As Safari does after a week without a visit.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
    for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name ?? "");
  });
  await page.goto("/");
  await page.getByTestId("language-python").click();
  await expect(seen(page, "next-drill")).toBeVisible();
  await page.goto(`/drill/${slug}`);
  await expect(page.locator(".cm-content")).toBeVisible();
  await expect(async () => {
    const files = await page.evaluate(async () => {
      const names = await caches.keys();
      const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return kept.flat().length;
    });
    expect(files).toBeGreaterThan(50);
  }).toPass();
  await context.setOffline(true);
  await page.reload();
  await expect(page.locator(".cm-content")).toBeVisible();
});
