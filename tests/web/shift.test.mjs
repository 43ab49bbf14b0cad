// The begin of a shift in one click, a device that a colleague uses, and calls that go to another number.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const ownNumber = '226000004'; // leads to František's extension

let linka;
let phones;
let admin;
let frantisek;
let jana;
const browsers = [];

async function open(name, extension) {
  const browser = await openBrowser({ tone: 620, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  browsers.push(browser);
  await prefer(browser.context, 'cs', 'light');
  await signIn(browser.page, linka.base, name, `demo${extension}`);
  return browser.page;
}

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  admin = await openApi(linka.base, 'admin', 'demo500');
  frantisek = await openApi(linka.base, 'frantisek', 'demo510');
  jana = await openApi(linka.base, 'jana', 'demo511');
});

after(async () => {
  for (const browser of browsers) await browser.close();
  await phones?.close();
  await linka?.stop();
});

let page;
const chip = (text) => page.locator('.lk-chip-button', { hasText: text });
const start = () => page.getByRole('button', { name: /^(Začít směnu|Převzít zařízení a začít)$/ });
const beside = () => page.locator('#shift p').first().textContent();
const openDevices = () => page.locator('.lk-bar button[aria-label^="Výběr zařízení"]').click();
const names = (rows) => rows.map((row) => row.name).sort();

/// What the sentence beside the button has to say of this.
async function promised() {
  const { start: will, ...me } = await frantisek.me();
  const titles = (wanted, rows) => wanted.map((name) => rows.find((row) => row.name === name).title).join(', ');
  const devices = titles(will.devices, [...me.devices, ...me.devices_available]);
  const queues = titles(will.queues, [...me.queues, ...me.queues_available]);
  return { will, text: `Zařízení: ${devices}. Fronty: ${queues}. Potom budete připraveni.` };
}

test('one click begins the shift and does what stands beside it', async () => {
  page = await open('frantisek', 510);
  await start().waitFor();
  const { will, text } = await promised();
  assert.ok(will.devices.length > 0 && will.queues.length > 0);
  assert.equal(await beside(), text);
  await start().click();
  await chip('Připraven').waitFor();
  await start().waitFor({ state: 'detached' });
  const me = await frantisek.me();
  assert.ok(me.ready);
  assert.deepEqual(names(me.devices), [...will.devices].sort());
  assert.deepEqual(names(me.queues), [...will.queues].sort());
});

test('the shift is ended in the menu of the state, where it began', async () => {
  await page.locator('.lk-chip-button').click();
  await page.getByRole('button', { name: 'Ukončit směnu' }).click();
  await chip('Odhlášen').waitFor();
  await start().click();
  await chip('Připraven').waitFor();
});

test('the next day it is what was used last, not all that there is', async () => {
  const { devices, queues } = await frantisek.me();
  await frantisek.post('/api/live/me/devices', { login: ['821'], logout: names(devices).filter((name) => name !== '821') });
  await frantisek.post('/api/live/me/queues', { login: [6002], logout: names(queues).filter((name) => name !== 6002) });
  await page.locator('.lk-bar button[aria-label^="Můj účet"]').click();
  await page.getByRole('button', { name: 'Odhlásit se' }).click();
  await page.waitForSelector('#username');
  await signIn(page, linka.base, 'frantisek', 'demo510');
  await start().waitFor();
  const { will, text } = await promised();
  assert.deepEqual([will.devices, will.queues], [['821'], [6002]]);
  assert.equal(await beside(), text);
  await start().click();
  await chip('Připraven').waitFor();
  const me = await frantisek.me();
  assert.deepEqual([names(me.devices), names(me.queues)], [['821'], [6002]]);
});

test('a device that a colleague uses is taken only after a question, and the colleague is told', async () => {
  await admin.post('/api/v6/sipDevices.json', { name: '350', title: 'Recepce', type: 'sip', shared: true });
  await jana.work(['350'], []);
  const janas = await open('jana', 511);
  await openDevices();
  const box = page.getByRole('group', { name: 'Další zařízení' }).getByRole('checkbox', { name: /Recepce/ });
  await page.getByText(/používá Jana/).waitFor();
  await box.click();
  const question = page.getByRole('alert').filter({ hasText: 'Opravdu převzít?' });
  assert.match(await question.textContent(), /Recepce používá Jana/);
  assert.deepEqual(names((await jana.me()).devices), ['350'], 'asked first');
  await question.getByRole('button', { name: 'Převzít' }).click();
  await page.waitForFunction((at) => at.checked, await box.elementHandle());
  await janas.getByText(/Zařízení Recepce převzal kolega: František/).waitFor();
  assert.deepEqual((await jana.me()).devices, []);
  assert.deepEqual(names((await frantisek.me()).devices), ['350', '821']);
  await box.click(); // given back
  await until(async () => (await frantisek.me()).devices.length === 1, 'the device is given back');
  await page.keyboard.press('Escape');
});

test('the shift begins on a taken device only when that is what the button says', async () => {
  await frantisek.post('/api/live/me/devices', { login: ['350'], logout: ['821'] });
  await frantisek.post('/api/live/me/unready');
  await frantisek.post('/api/live/me/devices', { logout: ['350'] });
  await start().waitFor();
  await jana.post('/api/live/me/devices', { login: ['350'] });
  const take = page.getByRole('button', { name: 'Převzít zařízení a začít' });
  // The page was told of it by nobody: pressed, it is refused and says what can be done.
  await page.getByRole('button', { name: 'Začít směnu' }).click();
  await take.waitFor();
  assert.deepEqual(names((await jana.me()).devices), ['350']);
  await page.locator('#shift').getByText(/Zařízení právě používá někdo jiný.*Jana/).waitFor();
  await take.click();
  await until(async () => names((await frantisek.me()).devices).includes('350'), 'the device is taken');
  assert.deepEqual((await jana.me()).devices, []);
  await frantisek.post('/api/live/me/devices', { login: ['821'], logout: ['350'] });
});

test('calls that are forwarded in the menu ring at the other number, until that is ended', async () => {
  const world = await phones.outside('world', { frequency: 900, port: 5070 });
  const customer = await phones.outside('777000111', { frequency: 440 });
  await frantisek.post('/api/live/me/ready');
  await openDevices();
  await page.getByLabel('Přesměrovat všechny hovory na').fill('777 123 456');
  await page.getByRole('button', { name: 'Přesměrovat', exact: true }).click();
  await page.getByText('Všechny hovory jdou na 777 123 456.').waitFor();
  const away = await customer.dial(ownNumber);
  const rings = await world.ring();
  await rings.answer();
  await Promise.all([away.hears(900), rings.hears(440)]);
  await away.hangUp();
  await rings.wait('ended');

  await page.getByRole('button', { name: 'Zrušit přesměrování' }).click();
  await page.getByLabel('Přesměrovat všechny hovory na').waitFor();
  assert.equal((await frantisek.me()).forwarding_number, '');
  await page.keyboard.press('Escape');
  const back = await customer.dial(ownNumber);
  await page.locator('.lk-offer').first().waitFor();
  await back.hangUp();
});
