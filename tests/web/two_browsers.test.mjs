// One person signed in in two browsers: what is answered in one of them is spoken there, whichever was the
// telephone before. Who speaks is told by the tone of each microphone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const tones = { customer: 440, office: 620, home: 1200 };
const support = '226000002';

let linka;
let phones;
let customer;
let api;
const at = {};

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  customer = await phones.outside('777000111', { frequency: tones.customer });
  api = await openApi(linka.base, 'frantisek', 'demo510');
  await api.work(['821'], [6001]);
  for (const place of ['office', 'home']) {
    at[place] = await openBrowser({ tone: tones[place], permissions: ['microphone'], viewport: { width: 1280, height: 800 } });
    await prefer(at[place].context, 'cs', 'light');
    await signIn(at[place].page, linka.base, 'frantisek', 'demo510');
    if (place === 'office') await until(async () => (await api.me()).devices[0]?.reachable, 'the first browser is the telephone');
  }
});

after(async () => {
  for (const browser of Object.values(at)) await browser.close();
  await phones?.close();
  await linka?.stop();
});

const elsewhere = (place) => at[place].page.getByText('Telefon 821 běží v jiném prohlížeči.');
const offer = (place) => at[place].page.locator('.lk-offer:not(.lk-offer--ended)');
const strip = (place) => at[place].page.locator('.lk-strip');

/// A call that is answered by F2 at `place`, and who then hears whom.
async function answerAt(place, other) {
  const call = await customer.dial(support);
  await Promise.all([offer(place).waitFor(), offer(other).waitFor()]);
  return {
    call,
    answer: async () => {
      await at[place].page.keyboard.press('F2');
      await Promise.all([call.hears(tones[place]), at[place].ear.hears(tones.customer)]);
      await at[other].ear.hearsNothing();
      await elsewhere(other).waitFor();
      assert.equal(await elsewhere(place).count(), 0);
    },
  };
}

async function end(call) {
  await call.hangUp();
  for (const place of Object.keys(at)) await strip(place).waitFor({ state: 'detached' });
}

test('the browser that is not the telephone says so beside the offer, and answering takes the telephone there', async () => {
  await elsewhere('home').waitFor();
  const { call, answer } = await answerAt('home', 'office');
  await offer('home').getByRole('button', { name: /^Přijmout tady/ }).waitFor();
  await offer('home').getByText('Telefon přejde sem z jiného prohlížeče.').waitFor();
  await offer('office').getByRole('button', { name: /^Přijmout(?! tady)/ }).waitFor();
  await answer();
  await strip('office').waitFor(); // the same work in both
  await end(call);
});

test('what is closed in one is closed in the other', async () => {
  await at.office.page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  for (const { page } of Object.values(at)) {
    await page.getByRole('heading', { level: 1, name: 'Pracovní plocha' }).waitFor();
  }
  await api.post('/api/live/me/pause', { pause: null });
});

test('back in the first browser the next call is spoken there', async () => {
  const { call, answer } = await answerAt('office', 'home');
  await answer();
  await end(call);
});

test('when the browser that is the telephone is closed, the other one becomes it by itself', async () => {
  await at.office.page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  await api.post('/api/live/me/pause', { pause: null });
  await at.office.close();
  delete at.office;
  await elsewhere('home').waitFor({ state: 'detached' });
  const call = await customer.dial(support);
  await offer('home').getByRole('button', { name: /^Přijmout(?! tady)/ }).waitFor();
  await at.home.page.keyboard.press('F2');
  await Promise.all([call.hears(tones.home), at.home.ear.hears(tones.customer)]);
  await call.hangUp();
});
