import { expect, type Page, test } from "@playwright/test";
import { logIn, logOut, newAddress, password, sendPassword, shown, signUp } from "./account";
import { authenticator } from "./authenticator";
import { openSnippet } from "./drill";

async function sendCode(page: Page, code: string) {
  await shown(page, "second-factor-code").fill(code);
  await shown(page, "second-factor-submit").click();
}

test("a second factor is turned on, asked for at log-in, replaced by a recovery code, and turned off", async ({
  page,
}) => {
  const email = newAddress();
  await openSnippet(page, "python", "two-sum-1-python");
  await signUp(page, email);

  await shown(page, "to-second-factor").click();
  await shown(page, "begin-second-factor").click();
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  const secret = await shown(page, "second-factor-secret").textContent();
  const nextCode = authenticator(secret?.replaceAll(" ", "") ?? "");
  await shown(page, "second-factor-code").fill(nextCode());
  await shown(page, "confirm-second-factor").click();
  const codes = shown(page, "recovery-codes").locator("> *");
  await expect(codes).toHaveCount(10);
  const [recoveryCode = ""] = await codes.allTextContents();
  await shown(page, "recovery-codes-kept").click();
  await expect(shown(page, "second-factor-on")).toBeVisible();

  await logOut(page);
  await sendPassword(page, email);
  await sendCode(page, "000000");
  await expect(shown(page, "second-factor-code-error")).toContainText("not right");
  await sendCode(page, nextCode());
  await expect(shown(page, "account-name")).toHaveText(email);

  await logOut(page);
  await sendPassword(page, email);
  await shown(page, "use-recovery-code").click();
  await sendCode(page, recoveryCode);
  await expect(shown(page, "account-name")).toHaveText(email);

  await shown(page, "to-second-factor").click();
  await shown(page, "second-factor-code").fill(nextCode());
  await shown(page, "turn-off-second-factor").click();
  await expect(shown(page, "begin-second-factor")).toBeVisible();
  await logOut(page);
  await logIn(page, email);
});

test("who has to log in once more does, comes back, and is still one device", async ({ page }) => {
  const email = newAddress();
  await openSnippet(page, "python", "two-sum-1-python");
  await signUp(page, email);
  await shown(page, "to-second-factor").click();

  // As if the log-in were too long ago.
  const tooLongAgo = { status: 403, json: { code: "fresh_login_required" } };
  await page.route("**/auth/totp", (route) => route.fulfill(tooLongAgo), { times: 1 });
  await shown(page, "begin-second-factor").click();
  await expect(shown(page, "form-failure")).toContainText("Log in once more");
  await shown(page, "fresh-log-in").click();
  await expect(shown(page, "email")).toHaveValue(email);
  await shown(page, "password").fill(password);
  await shown(page, "log-in-button").click();
  await expect(shown(page, "begin-second-factor")).toBeVisible();
  await expect(shown(page, "form-failure")).toHaveCount(0);
  await shown(page, "begin-second-factor").click();
  await expect(shown(page, "second-factor-secret")).toBeVisible();

  await page.goto("/account/sessions");
  await expect(shown(page, "current-session")).toHaveCount(1);
  await expect(shown(page, "other-session")).toHaveCount(0);
});
