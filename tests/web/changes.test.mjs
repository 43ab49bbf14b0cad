// The change log: what was changed is listed with before and after, a record leads to its history, a change is taken back,
// and one that a colleague overtook is not. A model that is only described (groups) has its page.
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
const queue = () => admin.get('/api/v6/queues/6001.json').then(({ result }) => result);
const openNewest = async () => {
  await page.locator('tr[data-row="0"] .lk-table__open').click();
  await side().waitFor();
};

test('a model that is only described has list, form and errors at its fields', async () => {
  await page.goto(`${linka.base}/manage`);
  await page.getByRole('navigation', { name: 'Hlavní nabídka' }).getByRole('link', { name: 'Skupiny', exact: true }).click();
  await page.getByRole('button', { name: 'Nová skupina' }).first().click();
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByRole('alert').waitFor();
  await side().getByLabel(/^Název|^Jméno/).first().fill('Prodej');
  await side().getByRole('checkbox', { name: 'Podpora (6001)' }).check();
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Zprávy' }).getByText('Uloženo').waitFor();
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
  await side().getByRole('button', { name: 'Vrátit změnu' }).click();
  await side().getByRole('button', { name: 'Opravdu vrátit?' }).click();
  await side().getByText('Tato změna byla vrácena.').waitFor();
  const now = await queue();
  assert.deepEqual([now.title, now.options.ringtime], ['Podpora', 20]);
  await page.getByText('vrací jinou změnu').waitFor();
});

test('what a colleague changed since is not overwritten, and how it is now is shown', async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora C' });
  await page.goto(`${linka.base}/manage/auditLog?model=queues&record=6001`);
  await openNewest();
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora D' });
  await side().getByRole('button', { name: 'Vrátit změnu' }).click();
  await side().getByRole('button', { name: 'Opravdu vrátit?' }).click();
  await side().getByRole('alert').waitFor();
  await side().getByRole('cell', { name: 'Podpora D', exact: true }).waitFor();
  assert.equal((await queue()).title, 'Podpora D');
});

test('a double click asks, and does not answer itself', async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora E' });
  await page.goto(`${linka.base}/manage/auditLog?model=queues&record=6001`);
  await openNewest();
  await side().getByRole('button', { name: 'Vrátit změnu' }).dblclick();
  await side().getByRole('button', { name: 'Opravdu vrátit?' }).waitFor();
  assert.equal((await queue()).title, 'Podpora E');
});

test('a list that shows a newer change disarms the older one', async () => {
  await admin.put('/api/v6/queues/6001.json', { title: 'Podpora F' });
  const back = side().getByRole('button', { name: 'Vrátit změnu' });
  await back.and(page.locator('[aria-disabled="true"]')).waitFor({ timeout: 30_000 });
  assert.equal((await queue()).title, 'Podpora F');
});

test('a deleted telephone says before and after that its password is another one', async () => {
  await admin.put('/api/v6/sipDevices/330.json', { title: 'Stůl' });
  await admin.remove('/api/v6/sipDevices/330.json');
  await page.goto(`${linka.base}/manage/auditLog?model=sipDevices&record=330`);
  await openNewest();
  await side().getByText(/telefon má nové/).waitFor();
  await side().getByRole('button', { name: 'Vrátit změnu' }).click();
  await side().getByRole('button', { name: 'Opravdu vrátit?' }).click();
  await side().getByText('Tato změna byla vrácena.').waitFor();
  await side().getByText(/telefon má nové/).waitFor();
});

test('values and names are said in words', async () => {
  const [group] = await admin.records('groups');
  await page.goto(`${linka.base}/manage/auditLog?model=groups&record=${group.name}`);
  await page.getByText('Skupiny: Prodej', { exact: true }).waitFor();
  await openNewest();
  await side().getByRole('cell', { name: 'Podpora F (6001)' }).waitFor();
  assert.ok(!(await page.locator('main').innerText()).includes(group.name));
});

test('a group narrows the lists of its kind', async () => {
  const [group] = await admin.records('groups');
  for (const [address, rows] of [
    ['/manage/queues', page.locator('main table tbody tr')],
    ['/realtime', page.getByRole('table', { name: 'Fronty' }).locator('tbody tr')],
  ]) {
    await page.goto(`${linka.base}${address}`);
    await page.getByRole('combobox', { name: 'Skupiny', exact: true }).selectOption('Prodej');
    await page.waitForURL(new RegExp(group.name));
    await rows.nth(1).waitFor({ state: 'detached' });
    assert.match(await rows.first().innerText(), /Podpora F/);
  }
});

test('entries are found by what stands in them, and by who made them', async () => {
  await page.goto(`${linka.base}/manage/auditLog`);
  const search = page.getByRole('textbox', { name: 'Hledat' }).last();
  await search.fill('Prodej');
  await page.getByText('1 záznam', { exact: true }).waitFor();
  const { title } = (await admin.records('users')).find(({ name }) => name === 'admin');
  await search.fill(`${title} Prodej`);
  await page.getByText('1 záznam', { exact: true }).waitFor();
});

test('entries are narrowed by kind, by what happened and by person', async () => {
  await page.goto(`${linka.base}/manage/auditLog`);
  await page.getByRole('combobox', { name: 'Druh' }).selectOption({ label: 'Skupiny' });
  await page.getByText('1 záznam', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: 'Co' }).selectOption({ label: 'smazáno' });
  await page.getByText('Nic neodpovídá hledání').waitFor();
  await page.getByRole('combobox', { name: 'Co' }).selectOption({ label: 'vytvořeno' });
  await page.getByText('1 záznam', { exact: true }).waitFor();
});

test('a group without members says that it has none', async () => {
  await admin.post('/api/v6/groups.json', { title: 'Nikdo', type: 'queues' });
  await page.goto(`${linka.base}/manage/queues`);
  await page.getByRole('combobox', { name: 'Skupiny', exact: true }).selectOption('Nikdo');
  await page.getByText(/Ve skupině „Nikdo“ zatím/).waitFor();
});

test('changes are in the menu of commands; to others there is no such page', async () => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Příkazy a hledání' }).fill('audit');
  await page.getByRole('option', { name: /Změny/ }).waitFor();
  const agent = await openBrowser({ viewport: { width: 1440, height: 900 } });
  try {
    await prefer(agent.context, 'cs', 'light');
    await signIn(agent.page, linka.base, 'frantisek', 'demo510');
    const said = async (address) => {
      await agent.page.goto(`${linka.base}${address}`);
      await agent.page.getByRole('heading', { name: 'Nenalezeno' }).waitFor();
      return agent.page.locator('.lk-frame__page').innerText();
    };
    const unknown = await said('/nothing-like-it');
    for (const address of ['/manage/auditLog', '/manage/nothing', '/manage/settings']) {
      assert.equal(await said(address), unknown);
    }
  } finally {
    await agent.close();
  }
});
