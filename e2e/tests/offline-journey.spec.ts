import { type APIRequestContext, expect, type Page, test } from "@playwright/test";
import { logIn, newAddress, password, shown, signUp } from "./account";
import { backToCode, replaceCode } from "./drill";

test.use({ serviceWorkers: "allow" });

const slugs = [
  "two-sum-1-python",
  "two-sum-2-python",
  "two-sum-3-python",
  "two-sum-1-javascript",
  "two-sum-2-javascript",
  "two-sum-3-javascript",
];

interface Known {
  slug: string;
  buggy: string;
  correct: string;
  /** What the server says of both: how each test ends. */
  verdicts: Record<"buggy" | "correct", string[]>;
}

/** What the server says of a snippet's code, and its solution: to another learner. */
async function learnOf(request: APIRequestContext, slug: string, token: string): Promise<Known> {
  const headers = { Authorization: `Bearer ${token}` };
  const ask = async (path: string, data?: object) => {
    const answer = await (data
      ? request.post(path, { headers, data })
      : request.get(path, { headers }));
    expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
    return answer.json();
  };
  const { buggy_code, language } = await ask(`/api/v1/snippets/${slug}`);
  const { correct_code } = await ask(`/api/v1/snippets/${slug}/give-up`, {});
  const run = async (code: string) => {
    const { test_results } = await ask(`/api/v1/snippets/${slug}/execute`, { code, language });
    return test_results.map(({ verdict }: { verdict: string }) => verdict);
  };
  return {
    slug,
    buggy: buggy_code,
    correct: correct_code,
    verdicts: { buggy: await run(buggy_code), correct: await run(correct_code) },
  };
}

/** What the app calls a test that failed like this. */
const words: Record<string, string> = {
  wrong_answer: "Wrong answer",
  runtime_error: "Error",
  time_limit: "Too slow",
};

async function runAndExpect(page: Page, verdicts: string[]) {
  await shown(page, "run-button").click();
  const sheet = shown(page, "results-sheet");
  await expect(sheet).toBeVisible({ timeout: 30_000 });
  for (const [index, verdict] of verdicts.entries()) {
    const result = sheet.getByTestId(`test-result-${index + 1}`);
    if (verdict !== "accepted") await expect(result).toContainText(words[verdict] ?? verdict);
    else await expect(result).not.toContainText(/Wrong answer|Error|Too slow|Our fault/);
  }
}

async function openDrill(page: Page, slug: string) {
  await page.goto(`/drill/${slug}`);
  await expect(page.locator(".cm-content")).toBeVisible();
}

/** Waits until the snippets are kept and both languages run without a connection. */
async function getReady(page: Page) {
  await page.evaluate(() => navigator.serviceWorker.ready);
  for (const slug of slugs) await openDrill(page, slug);
  await page.goto("/profile");
  await expect(shown(page, "offline-javascript")).toContainText("JavaScript runs offline", {
    timeout: 60_000,
  });
  await shown(page, "load-python").click();
  await expect(shown(page, "offline-python")).toContainText("Python runs offline", {
    timeout: 60_000,
  });
}

test("a learner goes on without a connection, and all of it counts once, on two devices", async ({
  page,
  context,
  browser,
  request,
}) => {
  test.setTimeout(300_000);
  const account = { email: newAddress(), password };
  const { access_token } = await (await request.post("/auth/signup", { data: account })).json();
  const known: Known[] = [];
  for (const slug of slugs) known.push(await learnOf(request, slug, access_token));

  await page.goto("/");
  await page.getByTestId("language-python").click();
  const email = newAddress();
  await signUp(page, email);
  await getReady(page);
  await context.setOffline(true);

  for (const { slug, buggy, correct, verdicts } of known) {
    await openDrill(page, slug);
    await replaceCode(page, buggy);
    await runAndExpect(page, verdicts.buggy);
    await backToCode(page);
    await replaceCode(page, correct);
    await runAndExpect(page, verdicts.correct);
    await shown(page, "submit-from-results").click();
    await expect(shown(page, "queued-sheet")).toBeVisible();
    await expect(shown(page, "preliminary")).toBeVisible();
    await shown(page, "back-to-code").click();
  }
  await page.reload();
  await expect(shown(page, "offline-notice")).toContainText("6 attempts not sent");

  await page.goto("/");
  await context.setOffline(false);
  for (const slug of slugs) {
    await expect(shown(page, `outcome-${slug}`)).toContainText("Solved", { timeout: 30_000 });
  }

  const other = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
  const second = await other.newPage();
  await second.goto("/");
  await second.getByTestId("language-python").click();
  await logIn(second, email);
  await second.goto("/patterns/hash-map");
  for (const slug of slugs.filter((name) => name.endsWith("python"))) {
    await expect(second.getByTestId(`snippet-${slug}`)).toHaveAccessibleName(/solved/);
  }
  const token = await (await request.post("/auth/login", { data: { email, password } })).json();
  const headers = { Authorization: `Bearer ${token.access_token}` };
  const progress = await (await request.get("/api/v1/users/progress", { headers })).json();
  expect(progress).toMatchObject({ snippets_attempted: 6, snippets_solved: 6, total_attempts: 6 });
  await other.close();
});

test("code that does not end is broken off without a connection as well", async ({
  page,
  context,
}) => {
  test.setTimeout(120_000);
  await page.goto("/");
  await page.getByTestId("language-javascript").click();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await openDrill(page, "two-sum-1-javascript");
  await page.goto("/profile");
  await expect(shown(page, "offline-javascript")).toContainText("JavaScript runs offline", {
    timeout: 60_000,
  });
  await context.setOffline(true);
  await openDrill(page, "two-sum-1-javascript");
  await replaceCode(page, "function twoSum(numbers, target) {\n  for (;;);\n}\n");
  await runAndExpect(page, ["time_limit", "time_limit"]);
  await backToCode(page);
  // The next run finds a worker of its own.
  await replaceCode(page, "function twoSum(numbers, target) {\n  return [];\n}\n");
  await runAndExpect(page, ["wrong_answer"]);
});
