import { defineConfig } from '@playwright/test';

// cargo xtask sets these; the tests run on Debian's browser, so that none needs downloading.
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // Room for a busy machine; what is slow for people is measured elsewhere.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A test that fails now and then has found something.
  retries: 0,
  forbidOnly: 'CI' in process.env,
  reporter: 'list',
  use: {
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    screenshot: 'only-on-failure',
    trace: 'off',
    launchOptions: {
      executablePath: chromium,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    },
  },
});
