// Roles: one of the company's own is made in Manage and given to somebody, who sees what it says; built-in ones are text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';

let linka;
let page;
let admin;
let close;

before(async () => {
  ({ linka, page, admin, close } = await openAdministrator());
});

after(() => close?.());

const side = () => page.getByRole('dialog');
const menu = (of) => of.getByRole('navigation', { name: 'Hlavní nabídka' });

test('a role is made with what it may do and how far it sees', async () => {
  await page.goto(`${linka.base}/manage`);
  await menu(page).getByRole('link', { name: 'Role' }).click();
  await page.getByRole('button', { name: 'Nová role' }).first().click();
  await page.keyboard.type('Auditor'); // the cursor is in the first field, where K is a letter
  await side().getByRole('checkbox', { name: 'Změny: vracet' }).check();
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
  const role = (await admin.records('roles')).find(({ title }) => title === 'Auditor');
  assert.deepEqual([role.reach, role.options.change_log, role.options.users], ['own', ['read', 'update'], []]);
});

test('a built-in role can be looked at', async () => {
  await page.getByRole('button', { name: 'Manažer' }).click();
  await side().getByText(/Vestavěný záznam zůstává/).waitFor();
  assert.equal(await side().getByRole('button', { name: 'Uložit' }).count(), 0);
});

test('it is given to somebody, who sees what it says and no more', async () => {
  await page.goto(`${linka.base}/manage/users?edit=frantisek`);
  await side().getByLabel('Role').selectOption({ label: 'Auditor' });
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
  const agent = await openBrowser({ viewport: { width: 1440, height: 900 } });
  try {
    await prefer(agent.context, 'cs', 'light');
    await signIn(agent.page, linka.base, 'frantisek', 'demo510');
    await agent.page.goto(`${linka.base}/manage/auditLog`);
    await agent.page.getByRole('heading', { name: 'Změny' }).waitFor();
    await agent.page.goto(`${linka.base}/manage/users`);
    await agent.page.getByRole('heading', { name: 'Nenalezeno' }).waitFor();
  } finally {
    await agent.close();
  }
});
