// Customers with whom nobody has spoken: one list for all who serve the queue, one row a customer, which goes
// by itself once somebody has spoken with them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const support = '226000002';
const tones = { page: 620, jana: 740, world: 900 };

let linka;
let phones;
let desk;
let world;
const api = {};
const pages = {};
const browsers = [];

async function open(name, extension) {
  const browser = await openBrowser({ tone: tones.page, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  browsers.push(browser);
  await prefer(browser.context, 'cs', 'light');
  await signIn(browser.page, linka.base, name, `demo${extension}`);
  pages[name] = browser.page;
}

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  world = await phones.outside('world', { frequency: tones.world, port: 5070 });
  desk = await phones.device('331', { frequency: tones.jana });
  for (const [name, extension] of [['frantisek', 510], ['jana', 511]]) api[name] = await openApi(linka.base, name, `demo${extension}`);
  await api.frantisek.work(['821'], [6001, 6002]);
  await open('frantisek', 510);
  await open('jana', 511);
  // Who serves the queue but takes no call now.
  await api.jana.work(['331'], [6001]);
  await rest('jana');
});

after(async () => {
  for (const browser of browsers) await browser.close();
  await phones?.close();
  await linka?.stop();
});

async function rest(name) {
  const [pause] = (await api[name].me()).pauses;
  await api[name].post('/api/live/me/pause', { pause: pause.name });
}

const goOn = (name) => api[name].post('/api/live/me/pause', { pause: null });

const list = (name) => pages[name].getByRole('region', { name: 'Zmeškané' });
const row = (name, number) => list(name).locator('li').filter({ hasText: number });
const everybody = (what) => Promise.all(Object.keys(pages).map(what));
const head = (count) => everybody((name) => list(name).locator('h2', { hasText: String(count) }).waitFor());
const gone = (number) => everybody((name) => row(name, number).waitFor({ state: 'detached' }));

async function giveUp(customer) {
  const call = await customer.dial(support);
  await pages.frantisek.locator('.lk-offer:not(.lk-offer--ended)').waitFor();
  await call.hangUp();
  await pages.frantisek.locator('.lk-offer:not(.lk-offer--ended)').waitFor({ state: 'detached' });
}

let alena;

test('who gave up twice is one row, for everybody and after a reload', async () => {
  alena = await phones.outside('777000111', { frequency: 440 });
  await giveUp(alena);
  await giveUp(alena);
  for (const number of ['777000222', '777000333']) await giveUp(await phones.outside(number, { frequency: 500 }));
  await head(3);
  await pages.jana.reload();
  await head(3);
  await everybody(async (name) => {
    assert.equal(await row(name, '777 000 111').count(), 1);
    assert.match(await row(name, '777 000 111').textContent(), /Podpora.*2×/);
    assert.doesNotMatch(await row(name, '777 000 222').textContent(), /×/);
  });
});

test('the row goes for all when a colleague has spoken with the customer who calls again', async () => {
  await rest('frantisek');
  await goOn('jana');
  const call = await alena.dial(support);
  const ringing = await desk.ring();
  await ringing.answer();
  await Promise.all([call.hears(tones.jana), ringing.hears(440)]);
  await gone('777 000 111');
  await head(2);
  await call.hangUp();
});

test('calling back from the row: others see that, and it goes once they have spoken', async () => {
  await goOn('frantisek');
  await row('frantisek', '777 000 222').getByRole('button', { name: 'Zavolat zpět' }).click();
  const ringing = await world.ring();
  await row('jana', '777 000 222').filter({ hasText: 'Kolega právě volá zpět.' }).waitFor();
  await ringing.answer();
  await ringing.hears(tones.page);
  await gone('777 000 222');
  await head(1);
  await ringing.hangUp();
  await pages.frantisek.locator('.lk-strip').waitFor({ state: 'detached' });
});

test('a row that is done otherwise is ticked off for all', async () => {
  const mine = row('frantisek', '777 000 333');
  await mine.getByRole('button', { name: 'Vyřízeno' }).click();
  await mine.getByRole('button', { name: 'Zrušit' }).click();
  await mine.getByRole('button', { name: 'Opravdu vyřízeno?' }).waitFor({ state: 'detached' });
  assert.equal(await row('jana', '777 000 333').count(), 1);
  await mine.getByRole('button', { name: 'Vyřízeno' }).click();
  await mine.getByRole('button', { name: 'Opravdu vyřízeno?' }).click();
  await everybody((name) => list(name).waitFor({ state: 'detached' }));
});
