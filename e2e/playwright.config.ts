import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const port = 18_080;
const baseURL = `http://127.0.0.1:${port}`;
const providerPort = 18_081;
const provider = `http://127.0.0.1:${providerPort}`;
// The tests' processes read this file too, and look for mails in the same folder.
process.env.BUGDRILL_TEST_DATA ??= mkdtempSync(join(tmpdir(), "bugdrill-e2e-"));
const dataDir = process.env.BUGDRILL_TEST_DATA;

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
    // Requests that go through one are out of the tests' reach.
    serviceWorkers: "block",
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
  webServer: [
    {
      // A provider to log in by: `tests/oauth-provider` of the server's own tests.
      command: `node ../crates/bugdrill/tests/oauth-provider/provider.js ${new Date().toISOString()} ${baseURL} ${providerPort} 0`,
      url: `${provider}/.well-known/openid-configuration`,
    },
    {
      command: `../target/release/bugdrill serve --data-dir ${dataDir} --listen 127.0.0.1:${port}`,
      url: `${baseURL}/ready`,
      timeout: 120_000,
      // Every test is a new trial from the same address, and works faster than a person.
      env: {
        BUGDRILL_LIMITS__STANDARD: "10000",
        BUGDRILL_LIMITS__CONTENT: "10000",
        BUGDRILL_LIMITS__EXECUTE: "10000",
        BUGDRILL_LIMITS__ANONYMOUS_USERS: "10000",
        BUGDRILL_LIMITS__CREDENTIALS: "10000",
        BUGDRILL_OAUTH__GOOGLE__CLIENT_ID: "google",
        BUGDRILL_OAUTH__GOOGLE__CLIENT_SECRET: "SECRET-of-google",
        BUGDRILL_OAUTH__GOOGLE__ISSUER: provider,
      },
    },
  ],
});
