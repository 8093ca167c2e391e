import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";

export const password = "correct horse battery";

/** An address that no other test has. */
export const newAddress = () => `ada-${crypto.randomUUID()}@example.org`;

/** What is in front: screens below it stay in the page. */
export const shown = (page: Page, testId: string) =>
  page.getByTestId(testId).filter({ visible: true });

/** From the profile to an account of one's own, and back. */
export async function signUp(page: Page, email: string) {
  await page.goto("/profile");
  await shown(page, "sign-up").click();
  await shown(page, "email").fill(email);
  await shown(page, "password").fill(password);
  await shown(page, "password").press("Enter");
  await expect(shown(page, "account-name")).toHaveText(email);
}

/** Sends e-mail and password from the profile, whatever comes of it. */
export async function sendPassword(page: Page, email: string, withPassword = password) {
  await page.goto("/profile");
  await shown(page, "log-in").click();
  await shown(page, "email").fill(email);
  await shown(page, "password").fill(withPassword);
  await shown(page, "log-in-button").click();
}

/** Logs in from the profile, and is back there. */
export async function logIn(page: Page, email: string, withPassword = password) {
  await sendPassword(page, email, withPassword);
  await expect(shown(page, "account-card")).toBeVisible();
}

export async function logOut(page: Page) {
  await page.goto("/profile");
  await shown(page, "log-out").click();
  await shown(page, "confirm-button").click();
  await expect(shown(page, "sign-up")).toBeVisible();
}

/** The path of the link to `page` that was mailed to an address last. */
export async function mailedLink(email: string, page: string): Promise<string> {
  const outbox = join(process.env.BUGDRILL_TEST_DATA ?? "", "outbox");
  let link: string | undefined;
  await expect(() => {
    const mails = readdirSync(outbox)
      .filter((name) => name.endsWith(".eml"))
      .sort()
      .map((name) => readFileSync(join(outbox, name), "utf8"));
    const links = mails
      .filter((mail) => mail.includes(`To: ${email}`))
      .map((mail) => mail.match(new RegExp(`/${page}#token=[\\w-]+`))?.[0]);
    link = links.filter((found) => found !== undefined).at(-1);
    expect(link).toBeDefined();
  }).toPass();
  return link ?? "";
}

/** Everything that scripts of the page could read of what is stored. */
export async function readableStorage(page: Page): Promise<string> {
  const stored = await page.evaluate(async () => {
    const request = indexedDB.open("bugdrill");
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const values = database.transaction("values").objectStore("values").getAll();
    await new Promise((resolve) => {
      values.onsuccess = resolve;
    });
    database.close();
    return JSON.stringify([
      values.result,
      { ...localStorage },
      { ...sessionStorage },
      document.cookie,
    ]);
  });
  return stored;
}
