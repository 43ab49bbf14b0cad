// The first load stays small: what a browser fetches before the sign-in page can be used.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openBrowser } from './browser.mjs';
import { startLinka } from './server.mjs';
import { gzipSync } from 'node:zlib';

const bytesMost = 250_000;
const requestsMost = 10;

let linka;

before(async () => {
  linka = await startLinka();
});

after(() => linka?.stop());

test(`first load: at most ${bytesMost} bytes gzipped in ${requestsMost} requests`, async (t) => {
  const { page, close } = await openBrowser();
  t.after(close);
  const fetched = [];
  page.on('response', (response) => {
    if (!new URL(response.url()).pathname.startsWith('/api/')) fetched.push(response);
  });
  await page.goto(`${linka.base}/`);
  await page.waitForSelector('#username');
  const sizes = await Promise.all(
    fetched.map(async (response) => [new URL(response.url()).pathname, gzipSync(await response.body(), { level: 9 }).length]),
  );
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  t.diagnostic(`${total} bytes in ${sizes.length} requests`);
  assert.ok(total <= bytesMost, `${total} bytes: ${JSON.stringify(sizes)}`);
  assert.ok(sizes.length <= requestsMost, `${sizes.length} requests: ${JSON.stringify(sizes)}`);
});
