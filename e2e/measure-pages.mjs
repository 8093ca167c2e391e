// Measures how fast the app's pages are on a slow phone, beside the barest page of the same router, in turns:
//   node measure-pages.mjs [rounds]
// The server's binary must be there (`make build`), and the machine idle.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium } from "@playwright/test";

const rounds = Number(process.argv[2] ?? 5);
const address = "http://127.0.0.1:18090";
/** 9 Mbit/s and 60 ms to the server and back, in the units of the DevTools protocol. */
const network = {
  offline: false,
  latency: 60,
  downloadThroughput: 9e6 / 8,
  uploadThroughput: 9e6 / 8,
};
const slowness = 4;
/** When no long task has begun for so long, in milliseconds, a page has come to rest. */
const rest = 2_000;

/** `shows` is what has to be there to be of use. The unknown address has the router and nothing else. */
const pages = [
  { name: "bare", path: "/no-such-page", shows: "[role=button], a[href]" },
  { name: "welcome", path: "/", shows: '[data-testid="language-python"]' },
  { name: "log-in", path: "/log-in", shows: "input" },
  {
    name: "drill, to read",
    path: "/drill/two-sum-1-python",
    shows: '[data-testid="code-preview"], .cm-content',
  },
  { name: "drill, to edit", path: "/drill/two-sum-1-python", shows: ".cm-content" },
];

/** Keeps, where they can be asked for, a page's long tasks and the time at which something was there to be seen. */
function watch(shows) {
  const look = () => {
    if (document.querySelector(shows)?.checkVisibility()) globalThis.useful = performance.now();
    else requestAnimationFrame(look);
  };
  look();
  globalThis.longTasks = [];
  new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries())).observe({
    type: "longtask",
    buffered: true,
  });
}

/** The times of a page in milliseconds since it was asked for: first paint, of use, and end of the last long task. */
async function measure(browser, { path, shows }) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  await page.addInitScript(watch, shows);
  await page.goto(address + path, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.useful);
  await page.waitForFunction((time) => {
    const last = globalThis.longTasks.at(-1);
    return performance.now() - (last ? last.startTime + last.duration : 0) > time;
  }, rest);
  const times = await page.evaluate(() => {
    const last = globalThis.longTasks.at(-1);
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return {
      painted: paint.startTime,
      useful: globalThis.useful,
      interactive: Math.max(last ? last.startTime + last.duration : 0, paint.startTime),
    };
  });
  await context.close();
  return times;
}

/** How long a page takes that the service worker keeps, without a connection, until it is of use. */
async function measureOffline(browser, { path, shows }) {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto(address + path);
  await page.locator(shows).first().waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  // What is asked for while the worker is not in charge is not kept.
  await page.reload();
  await page.locator(shows).first().waitFor();
  await wait(rest);
  await context.setOffline(true);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowness });
  await page.addInitScript(watch, shows);
  await page.goto(address + path, { waitUntil: "commit" });
  await page.waitForFunction(() => globalThis.useful);
  const useful = await page.evaluate(() => globalThis.useful);
  await context.close();
  return useful;
}

const median = (numbers) => numbers.sort((one, other) => one - other)[numbers.length >> 1];

async function serve() {
  const folder = mkdtempSync(join(tmpdir(), "bugdrill-pages-"));
  const server = spawn(
    "../target/release/bugdrill",
    ["serve", "--data-dir", folder, "--listen", address.slice("http://".length)],
    {
      stdio: "ignore",
      env: {
        ...process.env,
        BUGDRILL_LIMITS__STANDARD: "10000",
        BUGDRILL_LIMITS__CONTENT: "10000",
      },
    },
  );
  for (let tries = 0; tries < 120; tries += 1) {
    await wait(500);
    const isReady = await fetch(`${address}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) break;
  }
  return () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
}

const stop = await serve();
const browser = await chromium.launch({
  executablePath: process.env.BUGDRILL_TEST_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const found = new Map(pages.map((page) => [page, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const page of pages) found.get(page).push(await measure(browser, page));
  const times = pages.map((page) => ({
    name: page.name,
    ...Object.fromEntries(
      ["painted", "useful", "interactive"].map((key) => [
        key,
        median(found.get(page).map((one) => one[key])),
      ]),
    ),
  }));
  const [bare] = times;
  const cell = (time, base) => `${(time / 1000).toFixed(2)} s (${(time / base).toFixed(2)})`;
  console.log("| | first paint | of use | last long task |\n|---|--:|--:|--:|");
  for (const { name, painted, useful, interactive } of times)
    console.log(
      `| ${name} | ${cell(painted, bare.painted)} | ${cell(useful, bare.useful)} | ${cell(interactive, bare.interactive)} |`,
    );
  for (const page of pages.slice(1)) {
    const warm = [];
    for (let round = 0; round < rounds; round += 1) warm.push(await measureOffline(browser, page));
    console.log(`${page.name}, offline: ${(median(warm) / 1000).toFixed(2)} s`);
  }
} finally {
  await browser.close();
  stop();
}
