// What has little room is cut with a sign, and letters never.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';

let linka;
let page;
let admin;
let close;

before(async () => {
  ({ linka, page, admin, close } = await openAdministrator());
});

after(() => close?.());

test("the ribbon's buttons show whole letters", async () => {
  await page.goto(`${linka.base}/`);
  const labels = page.locator('.lk-ribbon .mantine-Button-label');
  await page.locator('.lk-ribbon__about + button .mantine-Button-label').waitFor();
  for (const label of await labels.all()) {
    const { text, room } = await label.evaluate((each) => {
      const range = document.createRange();
      range.selectNodeContents(each);
      const [inner, outer] = [range, each].map((one) => one.getBoundingClientRect());
      return { text: [inner.top, inner.bottom], room: [outer.top, outer.bottom] };
    });
    assert.ok(text[0] >= room[0] && text[1] <= room[1], `${text} in ${room}`);
  }
});

test('all signs of the menu are seen on a low, narrow screen', async () => {
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.goto(`${linka.base}/manage/auditLog`);
  const menu = page.getByRole('navigation', { name: 'Hlavní nabídka' });
  await menu.getByRole('link', { name: 'Změny' }).waitFor();
  const { top, bottom } = await menu.getByRole('link', { name: 'Nápověda' }).evaluate((each) => each.getBoundingClientRect().toJSON());
  assert.ok(top > 0 && bottom <= 800, `${top} to ${bottom}`);
});

test('what was changed is named whole where there is room for it', async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Zákaznická linka Brno' });
  await page.goto(`${linka.base}/manage/auditLog`);
  const cell = page.getByRole('cell', { name: 'Zákaznická linka Brno (6001)' });
  await cell.waitFor();
  assert.ok(await cell.evaluate((each) => each.scrollWidth <= each.clientWidth));
  assert.ok(await page.locator('.lk-table').evaluate((each) => each.scrollWidth <= each.clientWidth));
});

test('a table that goes on beside what is seen has a shade there, and none at its end', async () => {
  await page.goto(`${linka.base}/statistics?of=users`);
  const table = page.locator('.lk-table').first();
  await table.waitFor();
  assert.ok(await table.evaluate((each) => each.scrollWidth > each.clientWidth + 40));
  // The shade stays at the edge; what covers it at the end moves with the columns.
  const layers = await table.evaluate((each) => getComputedStyle(each).backgroundAttachment.split(', ').slice(0, 4));
  assert.deepEqual(layers, ['local', 'local', 'scroll', 'scroll']);
});
