import { defineConfig, devices } from '@playwright/test';
import { args, executablePath } from './browser.mjs';

// The server that serve.mjs starts: always a new one, with an empty database of its own.
const port = process.env.E2E_PORT ?? '3100';
const baseURL = `http://127.0.0.1:${port}`;

const desktop = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };
const phone = { ...devices['Pixel 7'], viewport: { width: 360, height: 740 } };

const LOOKS = /visual\.spec\.ts$/;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results/artifacts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  globalTimeout: 45 * 60_000,
  expect: {
    timeout: 10_000,
    // A letter that is drawn a little otherwise is no change; a line that moves is.
    toHaveScreenshot: { maxDiffPixelRatio: 0.003, threshold: 0.2, animations: 'disabled', caret: 'hide', scale: 'css' },
  },
  // How pages look is told by --update-snapshots only: a picture that is missing is a failure, twice.
  snapshotPathTemplate: 'screens/{arg}{ext}',
  updateSnapshots: 'none',
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    baseURL,
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, args },
  },
  // Tests that need JavaScript have the tag @js; those that choose their own sizes, or are of keys,
  // @desktop.
  projects: [
    { name: 'desktop', use: desktop, testIgnore: LOOKS },
    { name: 'phone', use: phone, testIgnore: LOOKS, grepInvert: /@desktop/ },
    { name: 'no-js', use: { ...desktop, javaScriptEnabled: false }, testIgnore: LOOKS, grepInvert: /@js/ },
    { name: 'visual', use: desktop, testMatch: LOOKS },
  ],
  webServer: {
    command: 'node serve.mjs',
    env: { E2E_PORT: port },
    url: `${baseURL}/readyz`,
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
    stdout: 'pipe',
    stderr: 'pipe',
  },
});
