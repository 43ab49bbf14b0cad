// A new, empty instance: the administrator's first password is set in a browser, which is signed in then.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { openBrowser } from './browser.mjs';
import { openFirefox } from './firefox.mjs';
import { startLinka } from './server.mjs';

for (const [name, open] of [['Chromium', openBrowser], ['Firefox', openFirefox]]) {
  test(`${name}: the first password`, async (t) => {
    const linka = await startLinka(['--seed', 'empty', '--listen', '127.0.0.1']);
    t.after(linka.stop);
    const { page, close } = await open();
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
    await page.locator('#username').pressSequentially('admin');
    await page.locator('#password').pressSequentially('Heslo-123');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.lk-chip-button');
  });
}
