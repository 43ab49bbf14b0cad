// A new agent's first minute, by keyboard alone: sign in, see why nothing works, mend it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser, prefer } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;
let browser;
let page;

before(async () => {
  linka = await startLinka();
  browser = await openBrowser();
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
});

after(async () => {
  await browser?.close();
  await linka?.stop();
});

/// Tabs to the element that `selector` names and presses a key there.
async function reach(selector, key, most = 60) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      await page.keyboard.press(key);
      return;
    }
  }
  assert.fail(`${selector} cannot be reached by Tab`);
}

test('a wrong password is said at the field', async () => {
  await page.goto(`${linka.base}/`);
  await page.waitForSelector('#username');
  assert.match(page.url(), /\/login/);
  await page.keyboard.type('frantisek');
  await page.keyboard.press('Tab');
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#password[aria-invalid="true"], .mantine-PasswordInput-error');
  assert.match(await page.textContent('.mantine-PasswordInput-error'), /heslo|přihlá/i);
});

test('signing in by keyboard leads to the desk', async () => {
  await page.waitForTimeout(2500); // after a failure the account waits two seconds
  await page.fill('#password', '');
  await page.focus('#password');
  await page.keyboard.type('demo510');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.lk-chip-button');
  assert.equal(await page.textContent('h1'), 'Pracovní plocha');
});

test('readiness says what is missing, each with what mends it', async () => {
  await reach('.lk-chip-button', 'Enter');
  const list = page.getByRole('dialog').getByRole('list', { name: 'Co teď mohu' });
  await list.waitFor();
  const text = await list.textContent();
  assert.match(text, /Nejste přihlášeni v žádném zařízení/);
  assert.match(text, /Nejste přihlášeni v žádné příchozí frontě/);
  await page.keyboard.press('Escape');
});

test('a device and the queues are chosen by keyboard', async () => {
  await reach('.lk-bar button[aria-label^="Výběr zařízení"]', 'Enter');
  const device = page.getByRole('checkbox', { name: /821/ });
  await device.waitFor();
  await device.focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.lk-menu input:checked'));
  await page.keyboard.press('Escape');
  await reach('.lk-bar button[aria-label^="Fronty"]', 'Enter');
  const queue = page.getByRole('checkbox', { name: /6001/ });
  await queue.waitFor();
  await queue.focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('.lk-menu input:checked'));
  await page.keyboard.press('Escape');
  const inbound = page.locator('main .lk-ability', { hasText: 'Příchozí hovory' });
  await inbound.waitFor();
  assert.doesNotMatch(await inbound.textContent(), /žádné příchozí frontě/);
});

test('the dial box names what an outbound call lacks, and mends it', async () => {
  const list = page.getByRole('list', { name: 'Co chybí k odchozímu hovoru' });
  await list.waitFor();
  const mend = list.getByRole('button', { name: /do fronty Odchozí/ });
  await mend.focus();
  await page.keyboard.press('Enter');
  await mend.waitFor({ state: 'detached' });
  assert.doesNotMatch((await list.textContent().catch(() => '')) ?? '', /žádné odchozí frontě/);
});

test('the language changes the server\'s words too', async () => {
  await reach('.lk-bar button[aria-label^="Můj účet"]', 'Enter');
  await page.getByText('English').click();
  await page.getByRole('heading', { name: 'Desk', level: 1 }).waitFor();
  await page.getByRole('list', { name: 'What an outbound call still needs' }).getByText('You are not ready.').waitFor();
  await page.getByText('Čeština').click();
  await page.getByRole('heading', { name: 'Pracovní plocha', level: 1 }).waitFor();
  await page.keyboard.press('Escape');
});

test('what does not exist and what is forbidden look the same', async () => {
  await page.goto(`${linka.base}/nowhere`);
  await page.getByText('Nenalezeno').waitFor();
  assert.ok(await page.locator('.lk-chip-button').isVisible()); // the phone and its call are still there
});

test('signing out ends the session', async () => {
  await page.goto(`${linka.base}/`);
  await page.waitForSelector('.lk-chip-button');
  await page.locator('.lk-bar button[aria-label^="Můj účet"]').click();
  await page.getByRole('button', { name: 'Odhlásit se' }).click();
  await page.waitForSelector('#username');
  await page.goto(`${linka.base}/calls`);
  await page.waitForSelector('#username');
  assert.match(page.url(), /login\?to=/);
});
