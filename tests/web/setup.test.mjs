// A new, empty instance: the administrator's first password is set in a browser, which is signed in then.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;

before(async () => {
  linka = await startLinka(['--seed', 'empty', '--listen', '127.0.0.1']);
});

after(() => linka?.stop());

test('the first password', async (t) => {
  const { page, close } = await openBrowser({ bypassCSP: false });
  t.after(close);
  const address = linka.base + linka.setupPath;
  await page.goto(address);
  await page.fill('input[type=password]', 'Heslo-123');
  await page.click('button');
  await page.waitForURL(`${linka.base}/**`);
  await page.waitForFunction(async () => (await fetch('/api/live/me')).status === 200);
  const me = await page.evaluate(async () => (await fetch('/api/live/me')).json());
  assert.equal(me.user.name, 'admin');

  await page.goto(address);
  assert.match(await page.textContent('[role=alert]'), /už byla použita/, 'a page in the reader\'s language');
  await page.context().clearCookies();
  await page.goto(`${linka.base}/login`);
  await page.fill('#username', 'admin');
  await page.fill('#password', 'Heslo-123');
  await page.press('#password', 'Enter');
  await page.waitForSelector('.lk-chip-button');
});
