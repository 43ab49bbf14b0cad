// The web phone and the world: a call out through the trunk, the checklist before it, a media worker
// that dies in a call and between calls, and the recording that one listens to afterwards.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const tones = { customer: 440, page: 620, world: 900 };
const worldPort = 5070; // where the demo's trunk calls

let linka;
let phones;
let browser;
let page;
let ear;
let api;
let world;
let customer;

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  customer = await phones.outside('777000111', { frequency: tones.customer });
  world = await phones.outside('world', { frequency: tones.world, port: worldPort });
  browser = await openBrowser({ tone: tones.page, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  ({ page, ear } = browser);
  await signIn(page, linka.base, 'frantisek', 'demo510');
  api = await openApi(linka.base, 'frantisek', 'demo510');
});

after(async () => {
  await browser?.close();
  await phones?.close();
  await linka?.stop();
});

const strip = () => page.locator('.lk-strip');
const bothHear = (call, tone) => Promise.all([call.hears(tones.page), ear.hears(tone)]);

async function close() {
  await strip().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  await page.getByRole('heading', { level: 1, name: 'Pracovní plocha' }).waitFor();
  await api.post('/api/live/me/pause', { pause: null });
}

/// The media workers of our server.
const workers = () =>
  execFileSync('pgrep', ['-f', `linka-media.*${linka.data}`]).toString().split('\n').filter(Boolean).map(Number);

async function killWorkers() {
  const before = workers();
  assert.ok(before.length > 0);
  before.forEach((pid) => process.kill(pid, 'SIGKILL'));
  await until(() => {
    try {
      return workers().some((pid) => !before.includes(pid));
    } catch {
      return false; // none for a moment
    }
  }, 'another media worker runs');
}

async function callFromOutside() {
  const call = await customer.dial('226000002');
  await page.locator('.lk-offer').getByRole('button', { name: /^Přijmout/ }).waitFor();
  await page.keyboard.press('F2');
  await bothHear(call, tones.customer);
  return call;
}

test('what a call out lacks is a list, each with what mends it; then it goes through the trunk', async () => {
  const list = page.getByRole('list', { name: 'Co chybí k odchozímu hovoru' });
  const mend = async (name) => {
    const button = list.getByRole('button', { name });
    await button.click();
    await button.waitFor({ state: 'detached' });
  };
  await list.getByText('Jste přihlášeni v aplikaci').waitFor();
  await list.getByText('Nejste přihlášeni v žádném zařízení.').waitFor();
  await list.getByText('Nejste přihlášeni v žádné odchozí frontě.').waitFor();
  await mend(/Přihlásit do zařízení.*(Web|821|prohlížeč)/i);
  await mend(/do fronty Odchozí/);
  await mend('Jsem připraven');
  await list.waitFor({ state: 'detached' });
  await page.fill('#dial-number', '777123456');
  await page.keyboard.press('Enter');
  const call = await world.ring();
  await call.answer();
  await bothHear(call, tones.world);
  await strip().locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await call.hangUp();
  await close();
});

test('a media worker that is killed while the dialled phone rings: the page takes up a new connection', async () => {
  await page.fill('#dial-number', '777123456');
  await page.keyboard.press('Enter');
  const call = await world.ring();
  await strip().waitFor();
  await killWorkers();
  await call.answer();
  await bothHear(call, tones.world);
  await call.hangUp();
  await close();
});

test('a media worker that is killed in a call ends it; the next call works', async () => {
  await api.post('/api/live/me/queues', { login: [6001] });
  const lost = await callFromOutside();
  await killWorkers();
  await lost.wait('ended');
  await close();
  const call = await callFromOutside();
  await page.waitForTimeout(4000); // so that there is something to listen to
  await call.hangUp();
  await close();
});

test('the recording is heard, stands still, goes on from elsewhere, and shows two sides', async () => {
  await page.goto(`${linka.base}/calls`);
  await page.locator('.lk-table__open').first().click();
  const player = page.getByRole('group', { name: 'Nahrávka' });
  const play = player.getByRole('button', { name: 'Přehrát' });
  await play.waitFor();
  const canvases = player.locator('.lk-wave canvas');
  await canvases.first().waitFor();
  const drawn = await canvases.evaluateAll((all) => {
    const colours = new Set();
    for (const canvas of all) {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255) colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      }
    }
    return [...colours];
  });
  assert.ok(drawn.length >= 2, `the waveform has the colours of both sides: ${drawn}`);
  await ear.hearsNothing();
  await play.click();
  await ear.hears(tones.customer);
  await player.getByRole('button', { name: 'Pozastavit' }).click();
  await ear.hearsNothing();
  const slider = player.getByRole('slider', { name: 'Místo v nahrávce' });
  const handle = await slider.elementHandle();
  const standsAt = (start) =>
    page.waitForFunction(([at, text]) => at.getAttribute('aria-valuetext').startsWith(text), [handle, start]);
  await slider.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await standsAt('0:01');
  await play.click();
  await ear.hears(tones.customer);
});
