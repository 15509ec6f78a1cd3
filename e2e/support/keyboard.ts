// Working without a mouse.

import { type Locator, type Page, expect } from '@playwright/test';

/** Presses Tab until this has the focus, as someone without a mouse would; fails if it cannot be reached so. */
export async function tabTo(page: Page, target: Locator, most = 60): Promise<void> {
  await expect(target).toBeVisible();
  const seen: string[] = [];
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    seen.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? 'nothing'));
  }
  throw new Error(`Not reached with ${most} times Tab: ${target}. The focus was on:\n${seen.join('\n')}`);
}

/** Goes there with Tab and presses a key, usually Enter. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}
