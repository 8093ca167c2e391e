import { expect, test } from "@playwright/test";
import { openSnippet } from "./drill";

/** The smallest module that exports a function: it answers 42. */
const module = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 127, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 6, 1,
  4, 0, 65, 42, 11,
];

test("the app, its editor, workers and WebAssembly work under the content security policy", async ({
  page,
}) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  await openSnippet(page, "python", "two-sum-1-python");
  await page.locator(".cm-content").click();
  await page.keyboard.type("#");
  await page.getByTestId("run-button").click();
  await expect(page.getByTestId("results-sheet")).toBeVisible();
  const policy = (await page.request.get("/")).headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'self'");
  // A script of the page itself: what a test evaluates may stand above the policy.
  const probe = `
    const page = document.documentElement.dataset;
    WebAssembly.instantiate(new Uint8Array(${JSON.stringify(module)})).then(({ instance }) => {
      page.wasm = instance.exports.f();
    });
    new Worker("/policy-worker.js").onmessage = ({ data }) => { page.worker = data; };
  `;
  const scripts = { "probe.js": probe, "worker.js": 'postMessage("ran")' };
  for (const [name, body] of Object.entries(scripts)) {
    await page.route(`**/policy-${name}`, (route) =>
      route.fulfill({ contentType: "text/javascript", body }),
    );
  }
  await page.addScriptTag({ url: "/policy-probe.js" });
  await expect(page.locator("html")).toHaveAttribute("data-wasm", "42");
  await expect(page.locator("html")).toHaveAttribute("data-worker", "ran");
  expect(violations).toEqual([]);
});

test("the content security policy stops scripts from elsewhere and inline ones", async ({
  page,
}) => {
  await page.goto("/");
  await page.evaluate(() => {
    const inline = document.createElement("script");
    inline.textContent = "document.documentElement.dataset.inline = 'ran'";
    document.body.append(inline);
    const foreign = document.createElement("script");
    foreign.src = "https://evil.example/script.js";
    foreign.onerror = () => {
      document.documentElement.dataset.foreign = "stopped";
    };
    document.body.append(foreign);
  });
  await expect(page.locator("html")).toHaveAttribute("data-foreign", "stopped");
  await expect(page.locator("html")).not.toHaveAttribute("data-inline", "ran");
});
