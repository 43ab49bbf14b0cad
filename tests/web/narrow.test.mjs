// What has little room is cut with a sign, and letters never.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';

let linka;
let page;
let close;

before(async () => {
  ({ linka, page, close } = await openAdministrator());
});

after(() => close?.());

test("the ribbon's buttons show whole letters", async () => {
  await page.goto(`${linka.base}/`);
  const labels = page.locator('.lk-ribbon .mantine-Button-label');
  await page.locator('.lk-ribbon__about + button .mantine-Button-label').waitFor();
  for (const label of await labels.all()) {
    const { height, line } = await label.evaluate((each) => ({ height: each.clientHeight, line: Number.parseFloat(getComputedStyle(each).lineHeight) }));
    assert.ok(height >= line, `${height} of ${line}`);
  }
});
