// Two people, two browsers: one calls the other's extension, both hear, and the call is handed on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;
const people = {};

async function comeIn(name, extension, device) {
  const browser = await openBrowser({ permissions: ['microphone'], viewport: { width: 1280, height: 800 } });
  await prefer(browser.context, 'cs', 'light');
  await signIn(browser.page, linka.base, name, `demo${extension}`);
  await browser.page.evaluate(async (chosen) => {
    const post = (path, body) =>
      fetch(`/api/live/me/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
    await post('devices', { login: [chosen] });
    await post('queues', { login: [6002] });
    await post('ready', {});
  }, device);
  people[name] = browser;
}

before(async () => {
  linka = await startLinka();
  await comeIn('frantisek', 510, '821');
  await comeIn('jana', 511, '822');
});

after(async () => {
  for (const browser of Object.values(people)) await browser.close();
  await linka?.stop();
});

test('the dial box calls a colleague; the colleague answers', async () => {
  const { page } = people.frantisek;
  const button = page.getByRole('button', { name: 'Zavolat', exact: true });
  await page.fill('#dial-number', '511');
  await page.waitForSelector('button:has-text("Zavolat"):not([aria-disabled])');
  await button.click();
  const jana = people.jana.page;
  await jana.locator('.lk-offer').waitFor();
  assert.match(await jana.textContent('.lk-offer'), /František|510/);
  await jana.keyboard.press('F2');
  for (const each of [page, jana]) {
    await each.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  }
});

test('the second browser of one person is told where the phone is, and can take it over', async () => {
  const second = await openBrowser({ permissions: ['microphone'] });
  people.second = second;
  await prefer(second.context, 'cs', 'light');
  await signIn(second.page, linka.base, 'jana', 'demo511');
  await second.page.getByText('Telefon 822 běží v jiném prohlížeči.').waitFor();
});

test('a second tab is told that another one is the phone', async () => {
  const tab = await people.frantisek.context.newPage();
  await tab.goto(`${linka.base}/`);
  await tab.getByText('Telefon 821 běží v jiné kartě.').waitFor();
  await tab.locator('.lk-strip').waitFor();
  await tab.close();
});

test('a hand-over to nobody is refused in words', async () => {
  const { page } = people.frantisek;
  await page.locator('.lk-strip [aria-keyshortcuts="Shift+F2"]').click();
  await page.getByLabel('Komu').fill('599');
  await page.getByRole('button', { name: 'Přepojit rovnou' }).click();
  const failure = page.locator('.lk-toast--failed');
  await failure.waitFor();
  assert.ok((await failure.textContent()).length > 10);
});

test('who hangs up ends it for both', async () => {
  const { page } = people.jana;
  await page.locator('.lk-strip').getByRole('button', { name: /Zavěsit/ }).click();
  for (const each of [page, people.frantisek.page]) {
    await each.locator('.lk-strip').waitFor({ state: 'detached' });
  }
});
