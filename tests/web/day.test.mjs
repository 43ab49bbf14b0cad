// An agent's working day by keyboard alone, in both languages, with real telephones around: sign in,
// devices, queues, an offer on the page and on the desk phone, hold, both kinds of transfer, note,
// wrap-up, pause, sign out. Who hears whom is told by their tones.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi, Refused } from './api.mjs';
import { openBrowser, prefer } from './browser.mjs';
import { keyboardOf, words } from './keyboard.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const tones = { customer: 440, desk: 520, page: 620, jana: 740 };
const customersLine = '226000002'; // leads to queue 6001 at once

let linka;
let phones;
let customer;
let jana;

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  customer = await phones.outside('777000111', { frequency: tones.customer });
  jana = await phones.device('331', { frequency: tones.jana });
  await (await openApi(linka.base, 'jana', 'demo511')).work(['331'], []);
});

after(async () => {
  await phones?.close();
  await linka?.stop();
});

const agents = [
  { language: 'cs', scheme: 'light', name: 'frantisek', extension: 510, desk: '330', web: '821' },
  { language: 'en', scheme: 'dark', name: 'jan', extension: 512, desk: '332', web: '823' },
];

for (const { language, scheme, name, extension, desk: deskName, web } of agents) {
  test(`a day by keyboard, ${language}`, async (t) => {
    const w = words(language);
    const browser = await openBrowser({ tone: tones.page, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
    t.after(browser.close);
    await prefer(browser.context, language, scheme);
    const { page, ear } = browser;
    const { press, type, use, assertAt } = keyboardOf(page);
    const desk = await phones.device(deskName, { frequency: tones.desk });
    const api = await openApi(linka.base, name, `demo${extension}`);

    const button = (text) => page.getByRole('button', { name: text });
    const chip = page.locator('.lk-chip-button');
    const strip = page.locator('.lk-strip');
    const offer = page.locator('.lk-frame__list .lk-offer');
    const stateIs = (state) => chip.filter({ hasText: `${w('state.chip')} ${w(`state.${state}`)}` }).waitFor();
    const menu = (title) => page.locator(`.lk-bar button[aria-label^="${title}"]`);
    const tick = async (label) => {
      const box = page.getByRole('checkbox', { name: label });
      await use(box, 'Space');
      await page.waitForFunction((at) => at.checked, await box.elementHandle());
    };
    let call;
    const talk = async () => {
      await page.keyboard.press('F2');
      await strip.locator('.lk-strip__state', { hasText: w('activity.talking') }).waitFor();
      await Promise.all([call.hears(tones.page), ear.hears(tones.customer)]);
    };
    // What follows a failed step would only fail late.
    let broken = false;
    const step = (title, work) =>
      t.test(title, { skip: broken }, async () => {
        broken = true;
        await work();
        broken = false;
      });
    const finish = async (note) => {
      await strip.waitFor({ state: 'detached' });
      await use(page.getByLabel(w('activity.note')), 'End');
      await type(note);
      await use(button(w('activity.close')));
      await page.getByRole('heading', { level: 1, name: w('desk.title') }).waitFor();
      await stateIs('wrap');
      await use(chip);
      await use(button(w('state.act_done')));
      await stateIs('idle');
      await press('Escape');
    };

    await step('sign in', async () => {
      await page.goto(`${linka.base}/`);
      await assertAt(page.locator('#username'));
      await type(name);
      await press('Tab');
      await type(`demo${extension}`);
      await press('Enter');
      await page.getByRole('heading', { level: 1, name: w('desk.title') }).waitFor();
    });

    await step('devices and queues; a menu gives the focus back', async () => {
      await use(menu(w('devices.title')));
      await tick(new RegExp(web));
      await tick(new RegExp(deskName));
      await page.getByText(w('devices.many')).waitFor();
      await press('Escape');
      await assertAt(menu(w('devices.title')));
      await use(menu(w('queues.title')));
      await tick(/6001/);
      await press('Escape');
      await assertAt(menu(w('queues.title')));
      await stateIs('not_ready');
      await use(chip);
      await use(button(w('state.act_ready')));
      await stateIs('idle');
      await press('Escape');
      await assertAt(chip);
    });

    await step('two devices ring; answering in the page is refused and names both', async () => {
      call = await customer.dial(customersLine);
      const ringing = await desk.ring();
      await offer.waitFor();
      assert.equal(await offer.getByRole('button', { name: w('work.answer') }).count(), 0);
      const said = await offer.textContent();
      assert.ok(said.includes(web) && said.includes(deskName), said);
      const [{ name: activity }] = (await api.me()).activities;
      const refused = await api.post(`/api/live/activities/${activity}/accept`).catch((error) => error);
      assert.ok(refused instanceof Refused && refused.status === 409, String(refused));
      const [blocker] = refused.body.error.blockers;
      assert.equal(blocker.code, 'multiple_devices');
      assert.deepEqual([...blocker.subjects].sort(), [deskName, web]);
      await use(offer.getByRole('button', { name: new RegExp(`^${w('fix.devices_out', { title: '' })}`) }));
      await ringing.wait('ended');
      await offer.getByRole('button', { name: w('work.answer') }).waitFor();
    });

    await step('answer: each hears the other', talk);

    await step('hold: the page hears nothing until it takes the call back', async () => {
      await press('F9');
      await strip.locator('.lk-strip__state', { hasText: w('activity.hold') }).waitFor();
      await ear.hearsNothing();
      await press('F9');
      await Promise.all([call.hears(tones.page), ear.hears(tones.customer)]);
    });

    await step('transfer after a word with the colleague', async () => {
      await press('Shift+F2');
      await type('511');
      await assertAt(page.getByLabel(w('strip.transfer_to')));
      assert.equal(await page.getByLabel(w('strip.transfer_to')).inputValue(), '511');
      await use(button(w('strip.attended')));
      const second = await jana.ring();
      await second.answer();
      await Promise.all([second.hears(tones.page), ear.hears(tones.jana)]);
      await use(button(w('strip.complete')));
      await Promise.all([second.hears(tones.customer), call.hears(tones.jana)]);
      await finish('Přepojeno Janě, 2× 50 %');
      await call.hangUp();
      await second.wait('ended');
    });

    await step('transfer at once', async () => {
      call = await customer.dial(customersLine);
      await offer.getByRole('button', { name: w('work.answer') }).waitFor();
      await talk();
      await press('Shift+F2');
      await type('511');
      await assertAt(page.getByLabel(w('strip.transfer_to')));
      assert.equal(await page.getByLabel(w('strip.transfer_to')).inputValue(), '511');
      await use(button(w('strip.blind')));
      const second = await jana.ring();
      await second.answer();
      await Promise.all([second.hears(tones.customer), call.hears(tones.jana)]);
      await finish('Přepojeno rovnou');
      await call.hangUp();
      await second.wait('ended');
    });

    await step('pause and back', async () => {
      await press('Alt+KeyP');
      await use(page.getByRole('dialog').getByRole('button').first());
      await page.locator('.lk-chip-button.lk-tone-pause').waitFor();
      await press('Alt+KeyP');
      await use(button(new RegExp(`^${w('pauses.end', { title: '' })}`)));
      await stateIs('idle');
    });

    await step('commands: letters lead to a page, a number is dialled', async () => {
      await press('Control+KeyK');
      await type(w('nav.statistics').slice(0, 4).toUpperCase());
      await assertAt(page.getByRole('combobox', { name: w('commands.title') }));
      await press('Enter');
      await page.getByRole('heading', { level: 1, name: w('nav.statistics') }).waitFor();
      await press('Control+KeyK');
      await type('dvora');
      await page.getByRole('option', { selected: true, name: '511' }).waitFor();
      await press('Enter');
      const colleague = await jana.ring();
      await colleague.answer();
      await Promise.all([colleague.hears(tones.page), ear.hears(tones.jana)]);
      await press('F4');
      await colleague.wait('ended');
    });

    await step('the list of calls has the notes', async () => {
      await press('KeyG');
      await press('KeyA');
      await page.getByRole('heading', { level: 1, name: w('calls.title') }).waitFor();
      const first = page.locator('tr', { hasText: 'Podpora' }).locator('.lk-table__open').first();
      await use(first);
      await page.getByRole('dialog').getByText('Přepojeno rovnou').waitFor();
      await press('Escape');
      await assertAt(first);
    });

    await step('sign out', async () => {
      await use(menu(w('user.title')));
      await use(button(w('user.log_out')));
      await page.waitForURL(/login/);
      await page.waitForSelector('#username');
      await assertAt(page.locator('#username'));
    });
  });
}
