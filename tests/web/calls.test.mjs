// The list of calls: the server's order in the address, pages, details that Back closes, and the way
// from a figure to the very calls that it counts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

let linka;
let phones;
let browser;
let page;

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  const admin = await openApi(linka.base, 'admin', 'demo500');
  for (const number of ['777000111', '608555010']) {
    const visit = await (await phones.outside(number, { frequency: 440 })).dial('226000002');
    await visit.wait('answered'); // by the queue's music
    await visit.hangUp();
  }
  await until(async () => (await admin.records('activitiesCall')).length === 2, 'both calls are listed');
  browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await signIn(page, linka.base, 'admin', 'demo500');
});

after(async () => {
  await browser?.close();
  await phones?.close();
  await linka?.stop();
});

const numbers = () => page.locator('tbody tr[data-row] td:nth-child(4)').allTextContents();

test('the heading changes the order on the server, and the order stands in the address', async () => {
  await page.goto(`${linka.base}/calls`);
  await page.getByRole('button', { name: 'Čas', exact: true }).waitFor();
  await page.locator('tbody tr[data-row]').nth(1).waitFor();
  const newest = await numbers();
  await page.getByRole('button', { name: 'Čas', exact: true }).click();
  await page.waitForURL(/sort=entered/);
  await until(async () => (await numbers())[0] === newest[1], 'the oldest is first');
  await page.reload();
  await until(async () => (await numbers())[0] === newest[1], 'the address keeps the order');
});

test('a number is found however it is written', async () => {
  await page.goto(`${linka.base}/calls?q=${encodeURIComponent('608 555 010')}`);
  await until(async () => (await numbers()).join() === '+420 608 555 010', 'only its call is there');
});

test('a page that is not there says so and leads back', async () => {
  await page.goto(`${linka.base}/calls?page=9999`);
  await page.getByText(/Strana 9.999 tu není/).waitFor();
  await page.getByRole('button', { name: 'Na poslední stranu' }).click();
  await page.locator('tbody tr[data-row]').nth(1).waitFor();
});

test('J goes to a call, Enter opens it, Back closes it', async () => {
  await page.goto(`${linka.base}/calls`);
  await page.locator('tbody tr[data-row]').nth(1).waitFor();
  await page.keyboard.press('j');
  await page.waitForFunction(() => document.activeElement?.classList.contains('lk-table__open'));
  await page.keyboard.press('Enter');
  const side = page.getByRole('dialog');
  await side.getByText('zákazník zavěsil').waitFor();
  await side.getByText('Jak hovor šel').waitFor();
  await page.goBack();
  await side.waitFor({ state: 'detached' });
  assert.match(page.url(), /\/calls$/);
});

test('coming back to the list shows what is new without a press', async () => {
  await page.goto(`${linka.base}/calls`);
  await page.locator('tbody tr[data-row]').nth(1).waitFor();
  await page.getByRole('link', { name: 'Realtime' }).click();
  await page.getByRole('heading', { level: 1, name: 'Realtime' }).waitFor();
  const caller = await (await phones.outside('608555011', { frequency: 440 })).dial('226000002');
  await caller.wait('answered');
  const calls = page.getByRole('group', { name: 'Hovory teď' });
  await calls.getByRole('link', { name: '+420 608 555 011' }).click();
  await page.getByRole('dialog').getByText('Jak hovor šel').waitFor();
  await caller.hangUp();
  await page.getByRole('button', { name: 'Zavřít' }).click();
  await page.locator('tbody tr[data-row]').nth(2).waitFor();
  assert.equal(await page.getByRole('button', { name: /nový hovor/ }).count(), 0);
});

test('however long the names are, the table is no wider than its page', async () => {
  const table = page.getByRole('group', { name: 'Hovory', exact: true });
  const over = await table.evaluate((box) => {
    for (const cell of box.querySelectorAll('td.lk-shrinks')) cell.textContent = 'Alžběta Novotná-Procházková → Řehoř Dvořák';
    return { cells: box.querySelectorAll('td.lk-shrinks').length, by: box.scrollWidth - box.clientWidth };
  });
  assert.ok(over.cells > 0 && over.by <= 0, JSON.stringify(over));
});

test('Realtime leads from a queue to its calls', async () => {
  await page.goto(`${linka.base}/realtime`);
  await page.getByRole('link', { name: /\(6001\)$/ }).click();
  await page.waitForURL(/calls\?queue=6001/);
});

test('a figure leads to its calls, by an address that people can read', async () => {
  await page.goto(`${linka.base}/statistics`);
  await page.locator('tbody tr[data-row] a').first().click();
  await page.waitForURL(/statistics\/list\?.*queue=6001/);
  await page.locator('tbody tr[data-row]').nth(1).waitFor();
  assert.ok(page.url().length < 300, page.url());
  await page.reload();
  await page.locator('tbody tr[data-row] .lk-table__open').first().click();
  await page.getByRole('dialog').getByText('zákazník zavěsil').waitFor();
});
