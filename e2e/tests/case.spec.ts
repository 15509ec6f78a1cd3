// A case of an imported type shows its steps and check questions, in the order of the export.

import { fileURLToPath } from 'node:url';

import { expectAccessible } from '../support/axe.ts';
import { signIn } from '../support/people.ts';
import { expect, test } from '../support/server.ts';

test('een zaak toont de stappen en controlevragen van haar zaaktype', async ({ page }) => {
  await signIn(page, 'jdevries@voorbeeldstad');
  await page.getByRole('link', { name: /Parkeerkaart Hendriks/ }).click();
  await expect(page.locator('.step').first()).toContainText('Geregistreerd');
  await expectAccessible(page);
  const picture = process.env['WERKBAK_PICTURES'];
  if (picture !== undefined) {
    await page.setViewportSize({ width: 1366, height: 900 });
    await page.screenshot({ path: fileURLToPath(new URL(`${picture}/case.png`, new URL('../../', import.meta.url))) });
  }
});
