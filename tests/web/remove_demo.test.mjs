// Deleting the demo in the page: what it says, what it asks for, and what is there afterwards.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { axeSource, openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

const password = 'nové tajné heslo';
const shots = process.env.LINKA_SHOTS;
let linka;

before(async () => {
  linka = await startLinka();
});

after(() => linka?.stop());

async function violations(page) {
  await page.evaluate(readFileSync(axeSource, 'utf8'));
  const { violations: found } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      resultTypes: ['violations'],
    }),
  );
  return found.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`));
}

async function shoot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png` });
}

test('nobody but an administrator is offered it', async (t) => {
  const { page, context, close } = await openBrowser();
  t.after(close);
  await prefer(context, 'en', 'light');
  await signIn(page, linka.base, 'jana', 'demo511');
  await page.waitForSelector('.lk-ribbon');
  assert.equal(await page.getByRole('button', { name: 'Delete the demo' }).count(), 0);
});

test('the dialog is accessible in English and dark, and refuses by name', async (t) => {
  const { page, context, close } = await openBrowser({ viewport: { width: 1440, height: 900 } });
  t.after(close);
  await prefer(context, 'en', 'dark');
  await signIn(page, linka.base, 'admin', 'demo500');
  await page.locator('.lk-ribbon').getByText('Delete the demo', { exact: true }).click();
  await page.getByRole('rowheader', { name: 'Queues' }).waitFor();
  const dialog = page.getByRole('dialog', { name: 'Delete the demo' });
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole('button', { name: 'Delete the demo' }).click();
  await dialog.getByText('Enter a new password.').waitFor();
  await dialog.getByText('Type the word exactly.').waitFor();
  assert.deepEqual(await violations(page), []);
  await shoot(page, 'remove-refused-en-dark');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
});

test('by keyboard: the demo goes, the pages are empty and the new password opens', async (t) => {
  const { page, context, close } = await openBrowser({ viewport: { width: 1440, height: 900 } });
  t.after(close);
  await prefer(context, 'cs', 'light');
  await signIn(page, linka.base, 'admin', 'demo500');
  await page.getByRole('button', { name: 'Smazat ukázku' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Smazat ukázku' });
  await dialog.getByRole('row', { name: 'Uživatelé 10 1' }).waitFor();
  assert.deepEqual(await violations(page), []);
  await shoot(page, 'remove-cs-light');
  const first = dialog.getByLabel('Nové heslo účtu admin', { exact: true });
  await first.focus();
  await page.keyboard.type('demo500 neni');
  await dialog.getByLabel('Nové heslo znovu', { exact: true }).focus();
  await page.keyboard.type('něco jiného');
  await dialog.getByLabel('Pro potvrzení').focus();
  await page.keyboard.type('smazat');
  await page.keyboard.press('Enter');
  await dialog.getByText('Hesla se neshodují.').waitFor();
  await first.fill(password);
  await dialog.getByLabel('Nové heslo znovu', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/login');
  await page.getByRole('heading', { name: 'Ukázka je smazaná' }).waitFor();
  await page.getByText('jen na 127.0.0.1').waitFor();
  assert.deepEqual(await violations(page), []);
  await shoot(page, 'removed-cs-light');

  await signIn(page, linka.base, 'admin', password);
  assert.equal(await page.locator('.lk-bar__demo').count(), 0);
  assert.equal(await page.locator('.lk-ribbon').count(), 0);
  assert.equal(await page.getByRole('button', { name: 'Smazat ukázku' }).count(), 0);
  for (const screen of ['/', '/calls', '/realtime', '/statistics', '/statistics?of=users', '/manage/queues', '/manage/users', '/manage/sipDevices']) {
    await page.goto(linka.base + screen);
    await page.waitForSelector('main h1, main h2');
    await page.waitForLoadState('networkidle').catch(() => {});
    assert.deepEqual(await violations(page), [], screen);
    assert.equal(await page.getByText('Podpora').count(), 0, screen);
    assert.equal(await page.getByText('František').count(), 0, screen);
    await shoot(page, `empty${screen.replaceAll(/[/?=]/g, '-')}`);
  }
});
