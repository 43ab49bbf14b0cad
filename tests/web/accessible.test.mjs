// Every screen in both themes has no violation that axe finds, and breaks no rule of the CSP.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';

import { axeSource, openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

const screens = ['/', '/calls', '/realtime', '/statistics', '/statistics?of=users', '/manage', '/manage/users', '/manage/users?edit=frantisek', '/manage/sipDevices', '/manage/queues', '/manage/queues?edit=6001', '/manage/pauses', '/manage/statuses', '/manage/groups?edit=%2B', '/manage/auditLog', '/manage/settings?edit=instance', '/settings', '/help', '/nowhere'];
const menus = ['.lk-chip-button', '.lk-bar button[aria-haspopup="dialog"]:nth-of-type(3)', '.lk-bar button[aria-haspopup="dialog"]:nth-of-type(4)', '.lk-bar button[aria-haspopup="dialog"]:nth-of-type(5)', '.lk-bar button[aria-haspopup="dialog"]:nth-of-type(6)'];
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

let linka;

before(async () => {
  linka = await startLinka();
});

after(() => linka?.stop());

async function violations(page) {
  await page.evaluate(readFileSync(axeSource, 'utf8'));
  const { violations: found } = await page.evaluate(
    (wanted) => window.axe.run(document, { runOnly: wanted, resultTypes: ['violations'] }),
    tags,
  );
  return found.flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`));
}

for (const [language, scheme] of [['cs', 'light'], ['en', 'dark']]) {
  test(`${scheme}, ${language}`, async (t) => {
    const { page, context, close } = await openBrowser({ viewport: { width: 1440, height: 900 }, bypassCSP: false });
    t.after(close);
    await prefer(context, language, scheme);
    const broken = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) broken.push(message.text());
    });
    const faults = {};
    const check = async (name) => {
      const found = await violations(page);
      if (found.length > 0) faults[name] = found;
    };
    await page.goto(`${linka.base}/login`);
    await page.waitForSelector('#username');
    await check('/login');
    await signIn(page, linka.base, 'admin', 'demo500');
    for (const screen of screens) {
      await page.goto(linka.base + screen);
      await page.waitForSelector('main h1, main h2, .lk-side');
      await page.waitForTimeout(400);
      await check(screen);
    }
    await page.goto(`${linka.base}/`);
    await page.waitForSelector('.lk-chip-button');
    for (const menu of menus) {
      await page.locator(menu).first().click();
      await page.waitForTimeout(200);
      await check(menu);
      await page.keyboard.press('Escape');
    }
    assert.deepEqual(faults, {});
    assert.deepEqual(broken, []);
  });
}
