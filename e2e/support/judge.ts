// What every page has to be, in whatever state it is.

import { type Page, expect } from '@playwright/test';

import { expectAccessible } from './axe.ts';
import { type Language, inAnotherLanguage } from './words.ts';

const DESKTOP = { width: 1280, height: 1024 };

/** Enlarged to 200 % on that screen, and on the narrowest there is (WCAG 1.4.4, 1.4.10). */
const NARROW = [
  { width: 640, height: 512 },
  { width: 320, height: 640 },
];

export interface Judging {
  /** What the test itself wrote, in whatever language. */
  typed?: string[];
  /** Whether it is enlarged, too. */
  enlarged?: boolean;
  /** Whether it is a mail, which is shown in somebody else's page. */
  mail?: boolean;
}

/**
 * Fails unless the page as it is now is accessible, speaks one language, shows no ids, and can be read without
 * scrolling sideways when enlarged.
 */
export async function judge(page: Page, language: Language, judging: Judging = {}): Promise<void> {
  const { typed = [], enlarged = true, mail = false } = judging;
  await page.setViewportSize(DESKTOP);
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('.loading, .spinner')).toHaveCount(0);
  const pieces = await page.evaluate(allText);
  expect(inAnotherLanguage(pieces, language, typed), `texts that are not ${language} on ${page.url()}`).toEqual([]);
  expect(pieces.filter((piece) => UUID.test(piece)), `ids in sight on ${page.url()}`).toEqual([]);
  await expectAccessible(page, { mail });
  for (const size of enlarged ? NARROW : []) {
    await page.setViewportSize(size);
    expect(await page.evaluate(whatSticksOut), `sticks out at ${size.width} pixels on ${page.url()}`).toEqual([]);
  }
  await page.setViewportSize(DESKTOP);
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** All that can be read or heard: texts, and what assistive technology says in their place. */
function allText(): string[] {
  // The product is called the same in every language.
  const pieces = document.title === 'Werkbak' ? [] : [document.title];
  const product = '.wordmark, .top-bar__product';
  const foreign = `[lang]:not(:root):not([lang="${document.documentElement.lang}"])`;
  for (const element of document.body.querySelectorAll('*')) {
    const shown = element.checkVisibility({ visibilityProperty: true }) || element.closest('select') !== null;
    if (!shown || element.closest(foreign) !== null) continue;
    for (const name of ['aria-label', 'title', 'placeholder', 'alt']) pieces.push(element.getAttribute(name) ?? '');
    // Text that is built from parts reads as one.
    const direct = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    if (!element.matches(product)) pieces.push(direct.map((node) => node.textContent).join(''));
  }
  return [...new Set(pieces.map((piece) => piece.replace(/\s+/g, ' ').trim()))].filter((piece) => piece !== '');
}

/** What one would have to scroll sideways for. A table may scroll by itself: its rows mean something as rows. */
function whatSticksOut(): string[] {
  const root = document.documentElement;
  const out: string[] = [];
  if (root.scrollWidth > root.clientWidth) out.push(`the page is ${root.scrollWidth} wide`);
  const hidden = (element: Element) => element.closest('.visually-hidden') !== null;
  const inTable = (element: Element) => {
    const table = element.closest('table');
    const wrap = table?.parentElement;
    return wrap != null && ['auto', 'scroll'].includes(getComputedStyle(wrap).overflowX);
  };
  for (const element of document.body.querySelectorAll('*')) {
    if (!element.checkVisibility({ visibilityProperty: true }) || hidden(element) || inTable(element)) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (width > 0 && (right > root.clientWidth + 1 || left < -1)) {
      out.push(`${Math.round(left)} to ${Math.round(right)}: ${element.outerHTML.slice(0, 120)}`);
    }
    // What one types scrolls within its field.
    const field = element.matches('input, textarea');
    const scrolls = !field && ['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element).overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth + 1 && element.querySelector(':scope > table') === null) {
      out.push(`${element.scrollWidth} in ${element.clientWidth}: ${element.outerHTML.slice(0, 120)}`);
    }
  }
  return out;
}
