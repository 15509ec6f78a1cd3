import { defineConfig } from '@playwright/test';

// cargo xtask sets these; the tests run on Debian's browser, so that none needs downloading.
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  projects: [
    { name: 'app', testDir: 'tests' },
    // With a PostgreSQL and a proxy: cargo xtask test --only nodes.
    { name: 'nodes', testDir: 'nodes' },
  ],
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // The longest test took 31 seconds where ten others wanted the two cores, too, and 43 where eighteen did. What is slow
  // for people is measured elsewhere.
  timeout: 60_000,
  expect: { timeout: 10_000 },
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
