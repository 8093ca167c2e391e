import { expect, test } from "@playwright/test";
import { logIn, logOut, mailedLink, newAddress, shown, signUp } from "./account";
import { openSnippet } from "./drill";

test("a mailed link confirms the address, and leaves no trace in the address bar", async ({
  page,
}) => {
  const email = newAddress();
  await openSnippet(page, "python", "two-sum-1-python");
  await signUp(page, email);
  await expect(shown(page, "email-unverified")).toBeVisible();

  await page.goto(await mailedLink(email, "verify-email"));
  await shown(page, "confirm-email").click();
  await expect(shown(page, "email-verified")).toBeVisible();
  await expect(page).toHaveURL(/\/verify-email$/);
  await page.goto("/profile");
  await expect(shown(page, "account-name")).toHaveText(email);
  await expect(shown(page, "email-unverified")).toHaveCount(0);
});

test("a forgotten password is replaced by a mailed link, which works once", async ({ page }) => {
  const email = newAddress();
  await openSnippet(page, "python", "two-sum-1-python");
  await signUp(page, email);
  await logOut(page);

  await shown(page, "log-in").click();
  await shown(page, "forgot-password").click();
  await shown(page, "email").fill(email);
  await shown(page, "send-reset-link").click();
  await expect(shown(page, "reset-mail-sent")).toBeVisible();

  const link = await mailedLink(email, "reset-password");
  await page.goto(link);
  await expect(page).toHaveURL(/\/reset-password$/);
  await shown(page, "password").fill("another horse battery");
  await shown(page, "reset-password").click();
  await expect(shown(page, "password-reset")).toBeVisible();
  await logIn(page, email, "another horse battery");
  await logOut(page);

  await page.goto(link);
  await shown(page, "password").fill("a third horse battery");
  await shown(page, "reset-password").click();
  await expect(shown(page, "form-failure")).toContainText("does not work any more");
});
