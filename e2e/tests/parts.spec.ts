// The app comes in parts: a first visit loads one of them.

import { signIn } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

/** Parts that load later, by what `cargo xtask web` calls them. */
const LATER = /\/assets\/(split|chunk)_[^/]*\.wasm$/;

test('aanmelden en Start laden geen latere delen', async ({ page }) => {
  const loaded: string[] = [];
  let bytes = 0;
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (LATER.test(pathname)) loaded.push(pathname);
  });
  page.on('response', async (response) => {
    if (/\.(wasm|js|css)$/.test(new URL(response.url()).pathname)) {
      const { responseBodySize } = await response.request().sizes();
      bytes += responseBodySize;
    }
  });
  await signIn(page, 'jdevries@voorbeeldstad');
  await expect(page.getByText('Laden…')).toHaveCount(0);
  expect(loaded).toEqual([]);
  expect(bytes).toBeLessThanOrEqual(300_000);
  await page.getByRole('link', { name: 'Zaken', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Zaken');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  expect(loaded).not.toEqual([]);
});
