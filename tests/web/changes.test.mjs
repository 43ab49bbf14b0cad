// The change log: what was changed is listed with before and after, a record leads to its history, a change is taken back,
// and one that a colleague overtook is not. A model that is only described (groups) has its page.
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

const side = () => page.getByRole('dialog');
const queue = () => admin.get('/api/v6/queues/6001.json').then(({ result }) => result);
const openNewest = async () => {
  await page.locator('tr[data-row="0"] .lk-table__open').click();
  await side().waitFor();
};

test('a model that is only described has list, form and errors at its fields', async () => {
  await page.goto(`${linka.base}/manage`);
  await page.getByRole('link', { name: /^Skupiny/ }).click();
  await page.getByRole('button', { name: 'Nová skupina' }).first().click();
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByRole('alert').waitFor();
  await side().getByLabel(/^Název|^Jméno/).first().fill('Prodej');
  await side().getByRole('checkbox', { name: 'Podpora (6001)' }).check();
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Prodej' }).waitFor();
  const [group] = await admin.records('groups');
  assert.deepEqual([group.title, group.type, group.queues], ['Prodej', 'queues', ['6001']]);
});

test("a record's history leads to what was changed, before and after", async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora B', options: { ringtime: 33 } });
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await side().getByRole('link', { name: 'Historie změn' }).click();
  await page.getByRole('heading', { name: 'Změny' }).waitFor();
  await openNewest();
  for (const text of ['Podpora B', 'Podpora', '33', '20']) {
    await side().getByRole('cell', { name: text, exact: true }).waitFor();
  }
});

test('a change is taken back, and that is a change as well', async () => {
  await side().getByRole('button', { name: 'Vzít zpět' }).click();
  await side().getByRole('button', { name: 'Opravdu vzít zpět?' }).click();
  await side().getByText('Tato změna byla vzata zpět.').waitFor();
  const now = await queue();
  assert.deepEqual([now.title, now.options.ringtime], ['Podpora', 20]);
  await page.getByText('bere jinou zpět').waitFor();
});

test('what a colleague changed since is not overwritten, and how it is now is shown', async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora C' });
  await page.goto(`${linka.base}/manage/auditLog?model=queues&record=6001`);
  await openNewest();
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora D' });
  await side().getByRole('button', { name: 'Vzít zpět' }).click();
  await side().getByRole('button', { name: 'Opravdu vzít zpět?' }).click();
  await side().getByRole('alert').waitFor();
  await side().getByRole('cell', { name: 'Podpora D', exact: true }).waitFor();
  assert.equal((await queue()).title, 'Podpora D');
});

test('entries are found by what stands in them', async () => {
  await page.goto(`${linka.base}/manage/auditLog`);
  await page.getByRole('textbox', { name: 'Hledat' }).last().fill('Prodej');
  await page.getByText('1 záznam', { exact: true }).waitFor();
});
