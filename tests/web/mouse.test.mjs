// An agent's busy hour by mouse: the shift begun in one click, a call handed over after a word, a caller who gave up
// called back, a colleague's own call, a pause. The keyboard writes notes and nothing else. Each step says how many
// clicks it may take. PICTURES=DIRECTORY keeps a picture of each step.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer } from './browser.mjs';
import { words } from './keyboard.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const tones = { customer: 440, page: 620, jana: 740 };
const support = '226000002'; // leads to queue 6001 at once
const w = words('cs');

let linka;
let phones;
let customer;
let jana;
let api;
let browser;

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  customer = await phones.outside('777000111', { frequency: tones.customer, port: 5070 });
  jana = await phones.device('331', { frequency: tones.jana });
  await (await openApi(linka.base, 'jana', 'demo511')).work(['331'], []);
  // Yesterday: František worked with his web phone, for support and for calls out, and went home.
  api = await openApi(linka.base, 'frantisek', 'demo510');
  await api.work(['821'], [6001, 6002]);
  await api.post('/api/live/me/logout');
  browser = await openBrowser({ tone: tones.page, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
});

after(async () => {
  await browser?.close();
  await phones?.close();
  await linka?.stop();
});

test('a busy hour by mouse', async (t) => {
  const { page, ear } = browser;
  let clicks = 0;
  let pictures = 0;
  let broken = false;
  const click = async (locator) => {
    clicks += 1;
    await locator.first().click();
  };
  const picture = async (name) => {
    if (!process.env.PICTURES) return;
    mkdirSync(process.env.PICTURES, { recursive: true });
    pictures += 1;
    await page.screenshot({ path: join(process.env.PICTURES, `${String(pictures).padStart(2, '0')}-${name}.png`) });
  };
  const step = (title, most, work) =>
    t.test(title, { skip: broken }, async () => {
      broken = true;
      clicks = 0;
      await work();
      assert.ok(clicks <= most, `${clicks} clicks, ${most} were enough`);
      broken = false;
    });
  const button = (text) => page.getByRole('button', { name: text });
  const starting = (text) => new RegExp(`^${text}`);
  const chip = page.locator('.lk-chip-button');
  const strip = page.locator('.lk-strip');
  const stateIs = (state) => chip.filter({ hasText: `${w('state.chip')} ${w(`state.${state}`)}` }).waitFor();
  const offer = page.locator('.lk-frame__list .lk-offer:not(.lk-offer--ended)');
  const talking = () => strip.locator('.lk-strip__state', { hasText: w('activity.talking') }).waitFor();
  const close = async (note) => {
    await strip.waitFor({ state: 'detached' });
    await click(page.getByLabel(w('activity.note')));
    await page.keyboard.type(note);
    await click(button(starting(w('activity.close'))));
    await page.getByRole('heading', { level: 1, name: w('desk.title') }).waitFor();
  };
  let call;

  await step('sign in as one of the demo', 2, async () => {
    await page.goto(`${linka.base}/`);
    await click(button(/frantisek/));
    await picture('sign-in');
    await click(button(w('sign_in.enter')));
    await page.getByRole('heading', { level: 1, name: w('desk.title') }).waitFor();
  });

  await step('begin the shift as yesterday', 1, async () => {
    await button(w('start.title')).waitFor();
    await picture('before-the-shift');
    await click(button(w('start.title')));
    await stateIs('idle');
    await picture('ready');
  });

  await step('take a call', 1, async () => {
    call = await customer.dial(support);
    await offer.waitFor();
    await picture('offer');
    await click(offer.getByRole('button', { name: starting(w('work.answer')) }));
    await talking();
    await Promise.all([call.hears(tones.page), ear.hears(tones.customer)]);
  });

  await step('hold and go on', 2, async () => {
    await click(button(starting(w('strip.hold'))));
    await strip.locator('.lk-strip__state', { hasText: w('activity.hold') }).waitFor();
    await ear.hearsNothing();
    await picture('hold');
    await click(button(starting(w('strip.resume'))));
    await Promise.all([call.hears(tones.page), ear.hears(tones.customer)]);
  });

  await step('hand it over after a word, from the list', 4, async () => {
    await click(button(starting(w('strip.transfer'))));
    await picture('transfer-list');
    await click(page.locator('.lk-colleague', { hasText: 'Jana' }));
    await click(button(w('strip.attended')));
    const second = await jana.ring();
    await picture('colleague-rings');
    await second.answer();
    await Promise.all([second.hears(tones.page), ear.hears(tones.jana)]);
    await picture('asking');
    await click(button(w('strip.complete')));
    await Promise.all([second.hears(tones.customer), call.hears(tones.jana)]);
    await call.hangUp();
    await second.wait('ended');
  });

  await step('write it down and be ready again', 4, async () => {
    await close('Přepojeno Janě');
    await stateIs('wrap');
    await picture('wrap-up');
    await click(chip);
    await click(button(w('state.act_done')));
    await stateIs('idle');
  });

  await step('a caller gives up; one click calls back', 1, async () => {
    call = await customer.dial(support);
    await offer.waitFor();
    await call.hangUp();
    const missed = page.getByRole('region', { name: w('work.missed') });
    await missed.waitFor();
    await picture('missed');
    await page.mouse.move(720, 20);
    await click(missed.getByRole('button', { name: w('work.call_back') }));
    call = await customer.ring();
    await call.answer();
    await talking();
    await Promise.all([call.hears(tones.page), ear.hears(tones.customer)]);
    await picture('called-back');
    // A customer with whom somebody spoke is missed no more.
    await until(async () => (await missed.count()) === 0, 'the list of missed callers is empty', 20);
  });

  await step('hang up and write it down', 5, async () => {
    await click(strip.getByRole('button', { name: starting(w('strip.hang_up')) }));
    await call.wait('ended');
    await picture('after-the-call');
    await close('Domluveno na zítřek');
    await click(chip);
    await click(button(w('state.act_done')));
    await stateIs('idle');
  });

  await step('a colleague is called from the page', 3, async () => {
    await click(page.locator('#dial-number'));
    await page.keyboard.type('511');
    await picture('dialling');
    await click(page.getByRole('button', { name: w('dial.call'), exact: true }));
    const second = await jana.ring();
    await second.answer();
    await Promise.all([second.hears(tones.page), ear.hears(tones.jana)]);
    await second.hangUp();
    await strip.waitFor({ state: 'detached' });
  });

  await step('a pause and back', 4, async () => {
    await click(page.locator(`.lk-bar button[aria-label^="${w('pauses.title')}"]`));
    await picture('pauses');
    await click(page.getByRole('dialog').getByRole('button'));
    await page.locator('.lk-chip-button.lk-tone-pause').waitFor();
    await picture('paused');
    await click(page.locator(`.lk-bar button[aria-label^="${w('pauses.title')}"]`));
    await click(button(new RegExp(`^${w('pauses.end', { title: '' })}`)));
    await stateIs('idle');
  });

  await step('what was done is in the list of calls', 2, async () => {
    await click(page.getByRole('link', { name: w('nav.calls') }));
    await page.getByRole('heading', { level: 1, name: w('calls.title') }).waitFor();
    await click(page.locator('tr', { hasText: 'Odchozí' }).locator('.lk-table__open'));
    await page.getByRole('dialog').getByText('Domluveno na zítřek').waitFor();
    await picture('list-of-calls');
  });
});
