// A call in the browser, from the offer to the recording: SIPp is the customer, the page is the
// telephone, and the server is the real one.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, test } from 'node:test';

import { notePeers, openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;
let browser;
let page;
const customers = [];

/// A caller who dials and, once answered, stays for so long.
function dial(number, seconds) {
  const caller = spawn('sipp', [
    '-sn', 'uac', `127.0.0.1:${linka.sipPort}`, '-s', number, '-i', '127.0.0.1', '-nostdin', '-m', '1',
    '-d', String(seconds * 1000),
  ], { stdio: 'ignore' });
  customers.push(caller);
  return caller;
}

const post = (path, body) =>
  page.evaluate(
    async ([address, text]) => {
      const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text });
      return [answer.status, await answer.text()];
    },
    [path, JSON.stringify(body ?? {})],
  );

/// Packets that came and went over all connections of the page, as the browser counts them.
const packets = () =>
  page.evaluate(async () => {
    const sum = { came: 0, went: 0 };
    for (const peer of window.peers ?? []) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp') sum.came += report.packetsReceived;
        if (report.type === 'outbound-rtp') sum.went += report.packetsSent;
      }
    }
    return sum;
  });

async function audioFlows() {
  for (let i = 0; i < 20; i += 1) {
    const { came, went } = await packets();
    if (came > 50 && went > 50) return;
    await page.waitForTimeout(250);
  }
  assert.fail(`no audio in five seconds: ${JSON.stringify(await packets())}`);
}

before(async () => {
  linka = await startLinka();
  browser = await openBrowser({ permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await notePeers(browser.context);
  await signIn(page, linka.base, 'frantisek', 'demo510');
  await post('/api/live/me/devices', { login: ['821'] });
  await post('/api/live/me/queues', { login: [6001] });
  await post('/api/live/me/ready');
});

after(async () => {
  customers.forEach((caller) => caller.kill());
  await browser?.close();
  await linka?.stop();
});

test('logged in to the web phone, one can answer in the browser', async () => {
  const line = page.locator('main .lk-ability', { hasText: 'Přijetí hovoru v prohlížeči' });
  await line.locator('.lk-tick').waitFor();
});

test('an offer is docked, says who and how long, and leaves the focus alone', async () => {
  await page.focus('#dial-number');
  dial('226000002', 60);
  const offer = page.locator('.lk-frame__list .lk-offer');
  await offer.waitFor();
  assert.match(await offer.textContent(), /Podpora/);
  assert.match(await offer.locator('[role="timer"]').textContent(), /\d+/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'dial-number');
});

test('F2 answers, and audio flows', async () => {
  await page.keyboard.press('F2');
  const strip = page.locator('.lk-strip');
  await strip.waitFor();
  await page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await audioFlows();
});

test('F9 holds and resumes, F8 mutes', async () => {
  const hold = page.locator('.lk-strip [aria-keyshortcuts="F9"]');
  await page.keyboard.press('F9');
  await page.waitForSelector('.lk-strip [aria-keyshortcuts="F9"][aria-pressed="true"]');
  await page.keyboard.press('F9');
  await page.waitForSelector('.lk-strip [aria-keyshortcuts="F9"][aria-pressed="false"]');
  assert.ok(await hold.isVisible());
  await page.keyboard.press('F8');
  await page.waitForSelector('.lk-strip [aria-keyshortcuts="F8"][aria-pressed="true"]');
});

test('a reload in the middle of the call goes on with it', async () => {
  await page.reload();
  await page.waitForSelector('.lk-strip');
  await page.waitForTimeout(7000); // beyond the five seconds after which a lost page is unreachable
  assert.ok(await page.locator('.lk-strip').isVisible());
  await page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await audioFlows();
});

test('why it came to me is said beside the call', async () => {
  await page.getByRole('button', { name: /Proč hovor dostal/ }).click();
  await page.locator('.lk-why', { hasText: 'výběr podle strategie' }).waitFor();
});

test('F4 hangs up; note and close finish the work', async () => {
  await page.getByRole('heading', { level: 1 }).focus().catch(() => {});
  await page.keyboard.press('F4');
  await page.locator('.lk-strip').waitFor({ state: 'detached' });
  await page.getByLabel('Poznámka').fill('Vyřešeno po telefonu');
  await page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  await page.getByText('Nemáte otevřenou žádnou aktivitu.').waitFor();
});

test('the call is in the list, with its note and its recording', async () => {
  await page.goto(`${linka.base}/calls`);
  await page.locator('.lk-table__open').first().click();
  const side = page.getByRole('dialog');
  await side.getByText('Vyřešeno po telefonu').waitFor();
  await side.getByRole('button', { name: 'Přehrát' }).waitFor();
});

test('logged in to two devices there is no Answer, and it is said why', async () => {
  await page.goto(`${linka.base}/`);
  await page.waitForSelector('.lk-chip-button');
  await post('/api/live/me/pause', { pause: null }); // wrap-up is over
  await post('/api/live/me/devices', { login: ['00420777123456'] });
  const line = page.locator('main .lk-ability', { hasText: 'Přijetí hovoru v prohlížeči' });
  await line.locator('summary').click();
  await line.getByText('Jste přihlášeni ve více zařízeních.').waitFor();
  dial('226000002', 30);
  const offer = page.locator('.lk-offer').first();
  await offer.waitFor();
  assert.equal(await offer.getByRole('button', { name: /^Přijmout/ }).count(), 0);
  assert.match(await offer.textContent(), /Jste přihlášeni ve více zařízeních/);
  await offer.getByRole('button', { name: /^Odmítnout/ }).click();
});
