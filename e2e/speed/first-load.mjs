// How long it takes from navigating to the app until its sign-in form can be typed in, in milliseconds, as a JSON list:
// node first-load.mjs ADDRESS VISITS SLOWER. Each visit has an empty cache and a processor slowed down SLOWER times.

import process from 'node:process';

import { chromium } from '@playwright/test';

const [address, visits, slower] = process.argv.slice(2);

/** In the page: notes when the first field is there, and a frame with it was drawn. */
function watch() {
  const look = () => {
    const field = document.querySelector('form input[autocomplete="username"]');
    if (field === null) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => (globalThis.usableAfter = performance.now())));
  };
  look();
}

async function visit(browser) {
  const context = await browser.newContext({ locale: 'nl-NL' });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: Number(slower) });
  await page.addInitScript(watch);
  await page.goto(address, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.usableAfter !== undefined);
  const after = await page.evaluate(() => globalThis.usableAfter);
  const field = page.locator('form input[autocomplete="username"]');
  await field.focus();
  await page.keyboard.type('x');
  if ((await field.inputValue()) !== 'x') throw new Error('the form was there, and could not be typed in');
  await context.close();
  return after;
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'],
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  // The browser's own first page is not the app's.
  await visit(browser);
  const took = [];
  for (let number = 0; number < Number(visits); number += 1) took.push(await visit(browser));
  process.stdout.write(`${JSON.stringify(took)}\n`);
} finally {
  await browser.close();
}
