// Somebody with a role of the company's own, who may not read people, is told so instead of that there is nobody.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';

let linka;
let admin;
let own;
let close;

before(async () => {
  let closeAdministrator;
  ({ linka, admin, close: closeAdministrator } = await openAdministrator());
  await admin.post('/api/v6/roles.json', { name: 'planner', title: 'Plánovač směn', reach: 'everything', options: { queues: ['read', 'update'], devices: ['read'] } });
  await admin.put('/api/v6/users/eva.json', { role: 'planner' });
  own = await openBrowser({ viewport: { width: 1440, height: 900 } });
  await prefer(own.context, 'cs', 'light');
  const eva = (await admin.records('users')).find((user) => user.name === 'eva');
  await signIn(own.page, linka.base, 'eva', `demo${eva.extension}`);
  close = async () => {
    await own.close();
    await closeAdministrator();
  };
});

after(() => close?.());

test('the list and the form of a queue say that the role does not see people', async () => {
  const { page } = own;
  await page.goto(`${linka.base}/manage/queues`);
  await page.getByRole('row', { name: /Podpora/ }).getByText('vaše role lidi nevidí').waitFor();
  assert.equal(await page.getByText('0 z 0').count(), 0);
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  const form = page.getByRole('dialog');
  await form.getByText('Vaše role nevidí, kdo ve frontě pracuje.').waitFor();
  assert.equal(await form.getByText('Zatím nikdo').count(), 0);
});

test('so does the list of devices of their owners', async () => {
  await own.page.goto(`${linka.base}/manage/sipDevices`);
  await own.page.getByText('vaše role lidi nevidí').first().waitFor();
});

test('my settings name the role', async () => {
  const { page } = own;
  await page.goto(`${linka.base}/settings`);
  const account = page.getByRole('region', { name: 'Účet' });
  await account.getByText('Plánovač směn').waitFor();
});
