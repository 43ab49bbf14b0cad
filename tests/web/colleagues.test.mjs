// Two people, two browsers: one calls the other's extension, both hear, and the call outlives a reload
// of either page, a change of browser and a network that is lost for seconds. Who is heard is told by
// the tone of each microphone.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { notePeers, openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startRelay } from './relay.mjs';
import { startLinka } from './server.mjs';

const silenceMost = 2; // seconds, on either side of a reloaded page

const tones = { frantisek: 620, jana: 880, elsewhere: 1200 };

let linka;
let relay; // František's network
let phones;
let admin;
const people = {};
const span = {}; // when the call was connected and ended, epoch ms

async function open(tone, name, extension, network = null) {
  const browser = await openBrowser({ tone, permissions: ['microphone'], viewport: { width: 1280, height: 800 } });
  await prefer(browser.context, 'cs', 'light');
  await network?.route(browser.context);
  await notePeers(browser.context);
  await signIn(browser.page, network?.base ?? linka.base, name, `demo${extension}`);
  return browser;
}

async function comeIn(name, extension, device, network) {
  const api = await openApi(linka.base, name, `demo${extension}`);
  await api.work([device], [6002]);
  people[name] = { ...(await open(tones[name], name, extension, network)), api };
}

const bothHear = () => Promise.all([people.jana.ear.hears(tones.frantisek), people.frantisek.ear.hears(tones.jana)]);

/// Reloads one page of the call; how long each side then heard nothing, in seconds.
async function reload(name) {
  await bothHear();
  const since = Date.now() - 500;
  await people[name].page.reload();
  await people[name].page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await bothHear();
  return { frantisek: people.frantisek.ear.silence(since), jana: people.jana.ear.silence(since) };
}

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  admin = await openApi(linka.base, 'admin', 'demo500');
  await admin.put('/api/v6/users/frantisek.json', { recordAtCallStart: 'bridged' });
  relay = await startRelay(linka.base);
  await comeIn('frantisek', 510, '821', relay);
  await comeIn('jana', 511, '822');
});

after(async () => {
  for (const person of Object.values(people)) await person.close();
  await relay?.close();
  await phones?.close();
  await linka?.stop();
});

/// František calls Jana by the dial box; Jana answers.
async function callJana() {
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
  await bothHear();
}

test('the dial box calls a colleague; the colleague answers; each hears the other', callJana);

test('both see whom they speak with by name, and no form: the call leaves nothing to save it into', async () => {
  for (const [name, other] of [['frantisek', /Jana/], ['jana', /František/]]) {
    const { page } = people[name];
    await page.getByRole('heading', { level: 1, name: other }).waitFor();
    await page.getByRole('region', { name: 'Údaje o hovoru' }).waitFor();
    assert.equal(await page.getByLabel('Poznámka').count(), 0);
  }
});

for (const [name, side] of [['frantisek', 'caller'], ['jana', 'callee']]) {
  test(`a reload of the ${side}'s page keeps the call: less than ${silenceMost} s of silence on both sides`, async (t) => {
    const { frantisek, jana } = await reload(name);
    t.diagnostic(`the ${side}'s page is reloaded: the caller hears nothing for ${frantisek.toFixed(2)} s, the callee for ${jana.toFixed(2)} s`);
    // The page that is loaded anew is silent for a while; of the other side's gap concealment may leave little.
    const own = { frantisek, jana }[name];
    assert.ok(own > 0.1, `a reload that its own page did not hear was none: ${own}`);
    assert.ok(frantisek < silenceMost && jana < silenceMost, `${frantisek} s, ${jana} s`);
  });
}

test('the second browser of one person is told where the phone is, and takes the call over', async () => {
  const second = await open(tones.elsewhere, 'jana', 511);
  people.second = second;
  await second.page.getByText('Telefon 822 běží v jiném prohlížeči.').waitFor();
  await second.page.getByRole('button', { name: 'Převzít sem' }).click();
  await second.ear.hears(tones.frantisek);
  await people.frantisek.ear.hears(tones.elsewhere);
  const { page, ear } = people.jana;
  await page.getByText('Telefon 822 běží v jiném prohlížeči.').waitFor();
  await ear.hearsNothing();
  await page.getByRole('button', { name: 'Převzít sem' }).click();
  await second.page.getByText('Telefon 822 běží v jiném prohlížeči.').waitFor();
  await bothHear();
});

test('a second tab is told that another one is the phone, and takes the call over', async () => {
  const tab = await people.frantisek.context.newPage();
  await tab.goto(`${relay.base}/`);
  await tab.getByText('Telefon 821 běží v jiné kartě.').waitFor();
  await tab.locator('.lk-strip').waitFor();
  await tab.getByRole('button', { name: 'Převzít sem' }).click();
  await people.frantisek.page.getByText('Telefon 821 běží v jiné kartě.').waitFor();
  await bothHear();
  await tab.close(); // the first tab is the phone again by itself
  await people.frantisek.page.getByText('Telefon 821 běží v jiné kartě.').waitFor({ state: 'detached' });
  await bothHear();
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
  const [mine] = (await people.jana.api.me()).activities;
  span.connected = Date.parse(mine.connected);
  span.endedFrom = Date.now();
  await page.locator('.lk-strip').getByRole('button', { name: /Zavěsit/ }).click();
  for (const each of [page, people.frantisek.page]) {
    await each.locator('.lk-strip').waitFor({ state: 'detached' });
  }
  span.endedTo = Date.now();
});

test('the recording is whole: as long as the call, a side each, silent no longer than was heard', async (t) => {
  const [call] = await until(() => admin.records('activitiesCall').then((calls) => calls.length > 0 && calls), 'a call is listed');
  const fetched = () =>
    Promise.any(call.activities.map(({ name }) => admin.get(`/file/recording/${name}`))).catch(() => null);
  const path = join(linka.data, 'heard.opus');
  writeFileSync(path, await until(fetched, 'the recording is made'));
  const { seconds, left, right } = await phones.recording(path);
  const least = (span.endedFrom - span.connected) / 1000;
  const most = (span.endedTo - span.connected) / 1000;
  t.diagnostic(`recorded ${seconds.toFixed(2)} s of ${least.toFixed(2)} to ${most.toFixed(2)}; silent at most ${left.silence} and ${right.silence} s`);
  assert.ok(seconds > least - 0.2 && seconds < most + 0.2, `${seconds} s of ${least} to ${most}`);
  assert.ok(Math.abs(left.hz - tones.frantisek) < 10, `left is the caller: ${left.hz} Hz`);
  assert.ok(Math.abs(right.hz - tones.jana) < 10, `right is the callee: ${right.hz} Hz`);
  assert.ok(left.first < 1 && right.first < 1, `sound from the start: ${left.first} s, ${right.first} s`);
  assert.ok(left.last > seconds - 1 && right.last > seconds - 1, 'sound to the end');
  assert.ok(left.silence < silenceMost && right.silence < silenceMost, `${left.silence} s, ${right.silence} s`);
});

test('the details have the recording once, and do not say of the other side that there is none', async () => {
  const [call] = await admin.records('activitiesCall');
  const { page, close } = await open(tones.elsewhere, 'admin', 500);
  try {
    await page.goto(`${linka.base}/calls?call=${call.name}`);
    const side = page.getByRole('dialog');
    await side.getByRole('heading', { name: 'Jana' }).waitFor();
    await side.getByRole('group', { name: 'Nahrávka' }).waitFor();
    assert.equal(await side.getByRole('group', { name: 'Nahrávka' }).count(), 1);
    assert.equal(await side.getByText('není nahrávka').count(), 0);
  } finally {
    await close();
  }
});

/// What the server says to the page that comes back and is the phone: 'started' or 'refused'.
function answerToThePhone(page) {
  return new Promise((done) => {
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const [, word] = /"type":"phone\.(started|refused)"/.exec(String(payload)) ?? [];
        if (word) done(word);
      }));
  });
}

test('a network that is lost for seconds: the call is there when it comes back, and soon sounds again', async (t) => {
  await callJana();
  const { page, context } = people.frantisek;
  await context.setOffline(true);
  relay.cut();
  await page.waitForFunction(() => window.peers.at(-1)?.connectionState === 'disconnected');
  await people.jana.ear.hearsNothing();
  const answered = answerToThePhone(page);
  relay.mend();
  await context.setOffline(false);
  const since = Date.now();
  assert.equal(await answered, 'started');
  await bothHear();
  const seconds = (Date.now() - since) / 1000 - 0.5; // what bothHear() listens to
  t.diagnostic(`both hear each other ${seconds.toFixed(2)} s after the network is back`);
  assert.ok(seconds < silenceMost, `${seconds} s`);
  assert.equal(await page.getByText('běží v jiném').count(), 0);
});

test('a way through the network that is gone is left for a new one before the browser gives it up', async () => {
  const { page } = people.frantisek;
  const before = await page.evaluate(() => {
    const old = window.peers.at(-1);
    window.seen = [];
    old.addEventListener('connectionstatechange', () => window.seen.push(old.connectionState));
    return window.peers.length;
  });
  await relay.loseWays();
  await page.waitForFunction((count) => window.peers.length > count, before, { timeout: 40_000 });
  assert.deepEqual(await page.evaluate(() => window.seen), ['disconnected']);
  await bothHear();
  await page.locator('.lk-strip').getByRole('button', { name: /Zavěsit/ }).click();
  await people.jana.page.locator('.lk-strip').waitFor({ state: 'detached' });
});
