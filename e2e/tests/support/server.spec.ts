import { expect, test } from '../../support/server.ts';

test('the app starts on a server of its own', async ({ page, request, server }) => {
  expect((await request.get('/healthz')).ok()).toBe(true);
  await page.goto('/');
  // Written by the app: the page itself is empty without it.
  await expect(page.getByRole('heading').first()).toBeVisible();
  expect(server.mails()).toEqual([]);
});
