// A call in the browser, from the offer to the recording: SIPp is the customer, the page is the
// telephone, and the server is the real one.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { notePeers, openBrowser, prefer, signIn } from './browser.mjs';
import { audioFlows, dial } from './caller.mjs';
import { startLinka } from './server.mjs';

let linka;
let browser;
let page;
const customers = [];

const call = (number, seconds) => customers.push(dial(linka.sipPort, number, seconds));

const post = (path, body) =>
  page.evaluate(
    async ([address, text]) => {
      const answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text });
      return [answer.status, await answer.text()];
    },
    [path, JSON.stringify(body ?? {})],
  );

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
  call('226000002', 60);
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
  await audioFlows(page);
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
  await audioFlows(page);
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
  call('226000002', 30);
  const offer = page.locator('.lk-offer').first();
  await offer.waitFor();
  assert.equal(await offer.getByRole('button', { name: /^Přijmout/ }).count(), 0);
  assert.match(await offer.textContent(), /Jste přihlášeni ve více zařízeních/);
  await offer.getByRole('button', { name: /^Odmítnout/ }).click();
});
