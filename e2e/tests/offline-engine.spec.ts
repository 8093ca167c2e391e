import { type APIRequestContext, expect, type Page, test } from "@playwright/test";

/** Of each language, so many snippets are compared. */
const compared = 30;

interface Listed {
  slug: string;
}

interface Snippet {
  slug: string;
  language: "python" | "javascript";
  revision: number;
  buggy_code: string;
  judging: { needs_server: boolean; [part: string]: unknown };
  tests: {
    name: string;
    input?: object;
    calls?: unknown[];
    expected: unknown;
    note?: string | null;
  }[];
}

interface Result {
  verdict: string;
  actual?: unknown;
  error?: { type: string; message: string; line: number | null } | null;
  stdout?: string;
}

/** What is told of a test, as far as it has to be the same everywhere. */
const told = ({ verdict, actual, error, stdout }: Result) => ({
  verdict,
  actual: actual ?? null,
  error: error ? [error.type, error.message, error.line] : null,
  stdout: stdout ?? "",
});

/** Runs code in the browser's worker, as the app does. */
async function runInBrowser(page: Page, snippet: Snippet, code: string): Promise<Result[]> {
  const tests = snippet.tests.map(({ name, input, calls, expected, note }) => ({
    id: name,
    ...(input && { input }),
    ...(calls && { calls }),
    expected,
    note,
  }));
  const { needs_server, ...judging } = snippet.judging;
  const task = JSON.stringify({ ...judging, tests });
  const run = await page.evaluate(
    async ({ task, language, code }) => {
      const manifest = await (await fetch("/guests/manifest.json")).json();
      const names: string[] = manifest.languages[language];
      const addresses = Object.fromEntries(names.map((name) => [name, `/guests/${name}`]));
      const modules = (window as { compiled?: object }).compiled ?? {};
      const worker = new Worker(`/guests/${manifest.worker}`);
      return new Promise<string>((resolve, reject) => {
        worker.onmessage = ({ data }) => {
          if (data.kind === "loaded") (window as { compiled?: object }).compiled = data.modules;
          if (data.kind === "finished") resolve(data.run);
          if (data.kind === "failed") reject(new Error(data.problem));
        };
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage({ task, language, code, done: [], modules, addresses });
      }).finally(() => worker.terminate());
    },
    { task, language: snippet.language, code },
  );
  return JSON.parse(run).tests;
}

async function session(request: APIRequestContext): Promise<Record<string, string>> {
  const account = {
    email: `engine-${Date.now()}@example.com`,
    password: "correct horse battery staple",
  };
  const answer = await (await request.post("/auth/signup", { data: account })).json();
  return { Authorization: `Bearer ${answer.access_token}` };
}

for (const language of ["javascript", "python"] as const) {
  test(`the browser tells of ${language} what the server does`, async ({ page, request }) => {
    test.setTimeout(300_000);
    const headers = await session(request);
    const ask = async (path: string, data?: object) => {
      const call = data ? request.post(path, { headers, data }) : request.get(path, { headers });
      const answer = await call;
      expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
      return answer.json();
    };
    await page.goto("/");
    const all: Listed[] = [];
    for (let number = 1, more = true; more; number++) {
      const listed = await ask(`/api/v1/snippets?language=${language}&limit=100&page=${number}`);
      all.push(...listed.data);
      more = listed.pagination.has_next;
    }
    // Spread over all of them, so that each pattern is among them.
    const step = Math.max(1, Math.floor(all.length / compared));
    const chosen = all.filter((_, index) => index % step === 0).slice(0, compared);
    expect(chosen.length).toBe(Math.min(compared, all.length));
    let comparisons = 0;
    for (const { slug } of chosen) {
      const snippet: Snippet = await ask(`/api/v1/snippets/${slug}`);
      if (snippet.judging.needs_server) continue;
      const { correct_code } = await ask(`/api/v1/snippets/${slug}/give-up`, {});
      for (const code of [snippet.buggy_code, correct_code]) {
        const server = await ask(`/api/v1/snippets/${slug}/execute`, {
          code,
          language,
          revision: snippet.revision,
        });
        // Code that does not end is ended by the page, which is tested with the page.
        if ((server.test_results as Result[]).some(({ verdict }) => verdict === "time_limit"))
          continue;
        const here = await runInBrowser(page, snippet, code);
        for (const [index, result] of (server.test_results as Result[]).entries()) {
          const mine = here[index];
          comparisons += 1;
          expect(mine && told(mine), `${slug}, test ${index + 1} of\n${code}`).toEqual(
            told(result),
          );
        }
      }
    }
    expect(comparisons).toBeGreaterThan(chosen.length);
  });
}
