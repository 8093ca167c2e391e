import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import {
  logIn,
  logOut,
  newAddress,
  password,
  readableStorage,
  sendPassword,
  shown,
  signUp,
} from "./account";
import { backToCode, openSnippet, retypeLine, run, watchForErrors } from "./drill";

const solved = "two-sum-1-python";

test("a trial becomes an account and keeps what it did, through log-out and log-in", async ({
  page,
}) => {
  const errors = watchForErrors(page);
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await retypeLine(page, "wanted = number - target", "wanted = target - number");
  await page.getByTestId("submit-button").click();
  await expect(page.getByTestId("solution-sheet")).toBeVisible();

  await signUp(page, email);
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/solved/);
  await expect(page.getByTestId("trial-note")).toHaveCount(0);

  await logOut(page);
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/not started/);

  await logIn(page, email);
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/solved/);
  expect(errors).toEqual([]);
});

test("what a trial did after a log-out is added to the account", async ({ page }) => {
  const email = newAddress();
  await openSnippet(page, "python", "group-anagrams-1-python");
  await signUp(page, email);
  await logOut(page);
  await page.goto(`/drill/${solved}`);
  await run(page);
  await backToCode(page);
  await logIn(page, email);
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/started/);
});

test("the trial's end leads to sign-up, and back to the snippet, which runs", async ({ page }) => {
  const exercises = ["two-sum", "group-anagrams", "level-order", "coin-change", "subsets"];
  await openSnippet(page, "python", `${exercises[0]}-1-python`);
  for (const exercise of exercises) {
    await page.goto(`/drill/${exercise}-1-python`);
    await run(page);
  }
  await page.goto("/drill/house-robber-1-python");
  await page.getByTestId("go-on").click();
  await page.getByTestId("trial-sign-up").click();
  await shown(page, "email").fill(newAddress());
  await shown(page, "password").fill(password);
  await shown(page, "sign-up-button").click();
  await expect(page).toHaveURL(/\/drill\/house-robber-1-python$/);
  await run(page);
});

test("no script can read a refresh token, and a reload goes on", async ({ page, context }) => {
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await run(page);
  await backToCode(page);
  await signUp(page, email);
  expect(await readableStorage(page)).not.toMatch(/token|refresh/i);
  const cookies = await context.cookies();
  const cookie = cookies.find(({ name }) => name.endsWith("bugdrill_refresh"));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });

  await page.reload();
  await expect(shown(page, "account-name")).toHaveText(email);
});

test("a trial that was stored before there were cookies goes on", async ({ page, request }) => {
  const answer = await request.post("/auth/anonymous");
  const { access_token, refresh_token, user } = await answer.json();
  const state = `/api/v1/snippets/${solved}`;
  const content = await (await request.get(state)).json();
  await request.post(`${state}/execute`, {
    headers: { Authorization: `Bearer ${access_token}` },
    data: { code: content.buggy_code, language: "python", revision: content.revision },
  });
  await page.goto("/");
  await page.getByTestId("language-python").click();
  await page.evaluate(
    async (session) => {
      const opening = indexedDB.open("bugdrill");
      await new Promise((resolve) => {
        opening.onsuccess = resolve;
      });
      const values = opening.result.transaction("values", "readwrite").objectStore("values");
      await new Promise((resolve) => {
        values.put(session, "session").onsuccess = resolve;
      });
      opening.result.close();
    },
    JSON.stringify({
      accessToken: access_token,
      refreshToken: refresh_token,
      expiresAt: 0,
      userId: user.id,
    }),
  );
  await page.goto("/patterns/hash-map");
  await expect(page.getByTestId(`snippet-${solved}`)).toHaveAccessibleName(/, started/);
  expect(await readableStorage(page)).not.toContain(refresh_token);
});

test("another tab hears of log-in and log-out", async ({ page, context }) => {
  const email = newAddress();
  await openSnippet(page, "python", solved);
  const other = await context.newPage();
  await other.goto("/profile");
  await expect(shown(other, "sign-up")).toBeVisible();
  await signUp(page, email);
  await expect(shown(other, "account-name")).toHaveText(email);
  await logOut(page);
  await expect(shown(other, "sign-up")).toBeVisible();
  await expect(shown(other, "account-name")).toHaveCount(0);
});

test("another device is logged out at once, and says so", async ({ page, browser }) => {
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await signUp(page, email);
  const device = await (await browser.newContext()).newPage();
  await device.goto("/");
  await device.getByTestId("language-python").click();
  await logIn(device, email);

  await page.goto("/account/sessions");
  await expect(page.getByTestId("other-session")).toHaveCount(1);
  await page.getByTestId("end-session").click();
  await expect(page.getByTestId("other-session")).toHaveCount(0);

  await device.reload();
  await expect(shown(device, "session-ended")).toBeVisible();
  await device.context().close();
});

test("a wrong password, a taken address and a common password are explained", async ({ page }) => {
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await signUp(page, email);
  await logOut(page);

  await sendPassword(page, email, "not the password");
  await expect(shown(page, "password-error")).toContainText("not right");

  await shown(page, "to-sign-up").click();
  await shown(page, "email").fill(email.toUpperCase());
  await shown(page, "password").fill(password);
  await shown(page, "sign-up-button").click();
  await expect(shown(page, "email-error")).toContainText("Log in instead");
  await shown(page, "email").fill(newAddress());
  await shown(page, "password").fill("password1");
  await shown(page, "sign-up-button").click();
  await expect(shown(page, "password-error")).toContainText("easy to guess");
});

test("an account is exported, and deleted", async ({ page }) => {
  const email = newAddress();
  await openSnippet(page, "python", solved);
  await run(page);
  await backToCode(page);
  await signUp(page, email);

  await page.goto("/account/data");
  const download = page.waitForEvent("download");
  await page.getByTestId("export-button").click();
  const copy = readFileSync(await (await download).path(), "utf8");
  expect(copy).toContain(email);
  expect(copy).not.toMatch(/\$2[aby]\$/);

  await page.getByTestId("to-delete-account").click();
  await shown(page, "password").fill(password);
  await shown(page, "delete-account").click();
  await shown(page, "confirm-button").click();
  await expect(shown(page, "sign-up")).toBeVisible();
  await sendPassword(page, email);
  await expect(shown(page, "password-error")).toBeVisible();
});
