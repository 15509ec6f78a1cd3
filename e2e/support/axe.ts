// Accessibility, as far as a program can judge it.

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** WCAG's rules, for what is part of somebody else's page: a mail has neither landmarks nor a heading of the page. */
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Fails on any violation of WCAG or of axe's best practices on the page as it is now, and says what and where. */
export async function expectAccessible(page: Page, { mail = false } = {}): Promise<void> {
  // The app has no frames: looking for them, and describing all that is well, takes longer than judging.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (mail) axe.withTags(WCAG);
  const { violations } = await axe.analyze();
  const told = violations.map((violation) => {
    const places = violation.nodes.map((node) => {
      const reasons = [...node.any, ...node.all, ...node.none].map((check) => check.message);
      return `  ${node.target.join(' ')}\n    ${reasons.join('\n    ')}\n    ${node.html}`;
    });
    return `${violation.id} (${violation.impact}): ${violation.help}\n${places.join('\n')}`;
  });
  expect(told.join('\n\n'), `accessibility of ${page.url()}`).toBe('');
}
