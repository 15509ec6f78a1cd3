// Working without a mouse: `page.keyboard` only, and where the keyboard is can always be seen.

import { type Locator, type Page, expect } from '@playwright/test';

/** Pages that were only just opened: there the keyboard is nowhere yet, and nothing is lost. */
const fresh = new WeakSet<Page>();

/** Opens an address as someone does who follows a link in a mail, or starts the day. */
export async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  begin(page);
}

/** Says that the page was made anew, as after signing in: Tab then rightly begins at the top. */
export function begin(page: Page): void {
  fresh.add(page);
}

/**
 * Fails when the keyboard stays on nothing, so that the next Tab would begin all over at the top of the page. A page that is
 * on its way has it on nothing for a moment.
 */
export async function expectFocusKept(page: Page, after: string): Promise<void> {
  await expect.poll(() => page.evaluate(focusIsLost), { message: `the keyboard is somewhere ${after}` }).toBe(false);
}

/** Presses Tab (or Shift+Tab) until this has the focus; fails if it cannot be reached so, or cannot be seen there. */
export async function tabTo(page: Page, target: Locator, options: { back?: boolean; most?: number } = {}): Promise<void> {
  const { back = false, most = 60 } = options;
  await expect(target).toBeVisible();
  if (!fresh.delete(page)) await expectFocusKept(page, `on the way to ${target}`);
  const seen: string[] = [];
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) {
      expect(await page.evaluate(whyFocusIsUnseen), `the focus can be seen on ${target}`).toBe('');
      return;
    }
    seen.push(await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 80) ?? 'nothing'));
  }
  throw new Error(`Not reached with ${most} times Tab: ${target}. The focus was on:\n${seen.join('\n')}`);
}

/** Goes there with Tab and presses a key, usually Enter. */
export async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to a field and types in it, in place of what was there. */
export async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
  await expect(target).toHaveValue(text);
}

/** Types into a field that suggests, goes down to the suggestion and takes it. */
export async function choose(page: Page, field: Locator, name: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(name);
  const option = page.getByRole('listbox').getByRole('option', { name });
  await expect(option).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(option).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(field).toBeFocused();
}

function focusIsLost(): boolean {
  const active = document.activeElement;
  return active === null || active === document.body || active === document.documentElement;
}

/**
 * Empty if the focused element shows that it has the focus (WCAG 2.4.7, 1.4.11) and is not covered (2.4.11). Messages that
 * go away by themselves do not count as cover: whether they are still there depends on how fast one is.
 */
function whyFocusIsUnseen(): string {
  type Colour = [number, number, number, number];
  const colour = (css: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const luminance = ([red, green, blue]: Colour): number => {
    const part = (value: number) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  };
  const contrast = (one: Colour, other: Colour): number => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
    return (light + 0.05) / (dark + 0.05);
  };
  const background = (element: Element | null): Colour => {
    for (let at = element; at !== null; at = at.parentElement) {
      const found = colour(getComputedStyle(at).backgroundColor);
      if (found[3] > 0.99) return found;
    }
    return [255, 255, 255, 1];
  };
  const element = document.activeElement;
  if (element === null) return 'nothing has the focus';
  const problems: string[] = [];
  const rings = [null, '::before', '::after'].map((part) => getComputedStyle(element, part));
  const ring = rings.find((style, part) => {
    const drawn = part === 0 || !['none', 'normal'].includes(style.content);
    return drawn && style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
  });
  if (ring === undefined) {
    problems.push('it has no outline of at least two pixels');
  } else {
    const behind = Number.parseFloat(ring.outlineOffset) < 0 ? element : element.parentElement;
    const ratio = contrast(colour(ring.outlineColor), background(behind));
    if (ratio < 3) problems.push(`its outline has a contrast of only ${ratio.toFixed(2)}`);
  }
  // Something of it can be seen: it is on screen, and nothing lies over all of it.
  const { left, top, width, height } = element.getBoundingClientRect();
  const steps = [0.02, 0.25, 0.5, 0.75, 0.98];
  const seen = steps.some((down) =>
    steps.some((along) => {
      const found = document
        .elementsFromPoint(left + along * width, top + down * height)
        .find((candidate) => candidate.closest('[role=status]') === null);
      return found !== undefined && (element.contains(found) || found === element.closest('label'));
    }),
  );
  if (!seen) problems.push('it is out of sight or covered');
  return problems.map((problem) => `${problem}: ${element.outerHTML.slice(0, 200)}`).join('\n');
}
