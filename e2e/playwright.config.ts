import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const port = 18_080;
const baseURL = `http://127.0.0.1:${port}`;
const dataDir = mkdtempSync(join(tmpdir(), "bugdrill-e2e-"));

/** A phone, against the built server on a database of its own. */
export default defineConfig({
  testDir: "tests",
  workers: 1,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.BUGDRILL_TEST_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: `../target/release/bugdrill serve --data-dir ${dataDir} --listen 127.0.0.1:${port}`,
    url: `${baseURL}/ready`,
    timeout: 120_000,
    // Every test is a new trial from the same address, and works faster than a person.
    env: {
      BUGDRILL_LIMITS__STANDARD: "10000",
      BUGDRILL_LIMITS__CONTENT: "10000",
      BUGDRILL_LIMITS__EXECUTE: "10000",
      BUGDRILL_LIMITS__ANONYMOUS_USERS: "10000",
    },
  },
});
