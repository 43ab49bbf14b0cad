// The agent's day in Firefox, as far as browsers differ: signing in, the microphone, a call and a reload in it.
// Firefox gathers no candidates on the loopback (docs/demo.md), so the page is at the computer's own address.
import { networkInterfaces } from 'node:os';
import { after, before, test } from 'node:test';

import { notePeers, signIn } from './browser.mjs';
import { audioFlows, dial } from './caller.mjs';
import { openFirefox } from './firefox.mjs';
import { startLinka } from './server.mjs';

const own = Object.values(networkInterfaces()).flat().find((each) => each.family === 'IPv4' && !each.internal)?.address;
const skip = own ? false : 'this computer has no address but the loopback';

let linka;
let browser;
let page;
let customer;

const post = (path, body) =>
  page.evaluate(
    ([address, text]) => fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text }),
    [path, JSON.stringify(body ?? {})],
  );

before(async () => {
  if (skip) return;
  linka = await startLinka(['--listen', '0.0.0.0', '--demo-anywhere'], own);
  browser = await openFirefox({ viewport: { width: 1440, height: 900 } });
  page = browser.page;
  await notePeers(browser.context);
  await signIn(page, linka.base, 'frantisek', 'demo510');
  await post('/api/live/me/devices', { login: ['821'] });
  await post('/api/live/me/queues', { login: [6001] });
  await post('/api/live/me/ready');
});

after(async () => {
  customer?.kill();
  await browser?.close();
  await linka?.stop();
});

test('Firefox: a call is answered by key, and audio flows', { skip }, async () => {
  await page.locator('main .lk-ability', { hasText: 'Přijetí hovoru v prohlížeči' }).locator('.lk-tick').waitFor();
  customer = dial(linka.sipPort, '226000002', 60);
  await page.locator('.lk-frame__list .lk-offer').waitFor();
  await page.keyboard.press('F2');
  await page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await audioFlows(page);
});

test('Firefox: a reload in the call goes on with it', { skip }, async () => {
  await page.reload();
  await page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  await audioFlows(page);
});

test('Firefox: hanging up opens the note, and closing it ends the work', { skip }, async () => {
  await page.keyboard.press('F4');
  await page.locator('.lk-strip').waitFor({ state: 'detached' });
  await page.getByLabel('Poznámka').pressSequentially('Vyřešeno po telefonu');
  await page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  await page.getByText('Nemáte otevřenou žádnou aktivitu.').waitFor();
});
