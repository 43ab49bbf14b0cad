// Routing: a rule and a ring group are made in Manage, tried, applied and undone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';

let linka;
let page;
let admin;
let close;
let group; // as it was made

before(async () => {
  ({ linka, page, admin, close } = await openAdministrator());
});

after(() => close?.());

const side = () => page.getByRole('dialog');
const bar = () => page.getByRole('region', { name: 'Návrh směrování' });
const save = async () => {
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
};
const way = async (did) => {
  const { now, way: then } = await admin.post('/api/live/routing/try', { did });
  return [now, then].map((places) => places.map(({ kind }) => kind).join(' '));
};

test('a ring group is made of an extension and a mobile', async () => {
  await page.goto(`${linka.base}/manage`);
  await page.getByRole('navigation', { name: 'Hlavní nabídka' }).getByRole('link', { name: 'Vyzváněcí skupiny' }).click();
  await bar().getByText('Hovory jdou tak, jak je tu uvedeno.').waitFor();
  await page.getByRole('button', { name: 'Nová vyzváněcí skupina' }).first().click();
  await side().getByLabel('Název').fill('Sklad');
  for (const [at, number] of [['1', '510'], ['2', '777123456']]) {
    await side().getByRole('button', { name: 'Přidat linku nebo číslo' }).click();
    await side().getByLabel(`${at}. linka nebo číslo`).fill(number);
  }
  await side().locator('.lk-member').getByText('František Novák').waitFor();
  await side().getByLabel('2. v pořadí: jak dlouho vyzvání').fill('5e');
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByText(/od 5 do 300/).first().waitFor();
  await side().getByLabel('2. v pořadí: jak dlouho vyzvání').fill('30');
  await save();
  group = (await admin.records('ringGroups')).find(({ title }) => title === 'Sklad');
  assert.deepEqual(group.members, [{ number: '510', ringtime: 20 }, { number: '777123456', ringtime: 30 }]);
  await bar().getByText('1 změna čeká na použití').waitFor();
});

test('a rule sends a number there, which is tried before it is applied', async () => {
  await page.goto(`${linka.base}/manage/inboundRoutes`);
  await page.getByRole('button', { name: 'Nové pravidlo' }).first().click();
  await side().getByLabel('Naše číslo').fill('226000777');
  await side().getByLabel('Kam hovor jde', { exact: true }).selectOption({ label: 'vyzváněcí skupina' });
  await side().getByLabel('Kam hovor jde: který záznam').selectOption(String(group.name));
  await save();
  await bar().getByText('2 změny čekají na použití').waitFor();
  await bar().getByRole('button', { name: 'Co se změní' }).click();
  await bar().getByRole('list', { name: 'Co se změní' }).getByText('226000777').waitFor();
  await bar().getByRole('button', { name: 'Vyzkoušet hovor' }).click();
  await bar().getByLabel('Na naše číslo').fill('226000777');
  await page.keyboard.press('Enter');
  await bar().getByText('Sklad').waitFor();
  assert.deepEqual(await way('226000777'), ['no_rule', 'rule ring_group']);
});

test('calls go by it when it is applied, and as before when that is undone', async () => {
  await bar().getByRole('button', { name: 'Použít' }).click();
  await bar().getByText('Hovory jdou tak, jak je tu uvedeno.').waitFor();
  assert.deepEqual(await way('226000777'), ['rule ring_group', 'rule ring_group']);
  await bar().getByRole('button', { name: 'Vrátit poslední použití' }).click();
  await bar().getByRole('button', { name: 'Opravdu vrátit?' }).click();
  await page.getByText('Hovory jdou zase jako předtím').waitFor();
  assert.deepEqual(await way('226000777'), ['no_rule', 'no_rule']);
});

test('a destination that is not chosen is said at its field', async () => {
  await page.getByRole('button', { name: 'Nové pravidlo' }).first().click();
  await side().getByLabel('Naše číslo').fill('226000778');
  await side().getByLabel('Kam hovor jde', { exact: true }).selectOption({ label: 'fronta' });
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByText(/Kam hovor jde/).nth(1).waitFor();
  assert.equal((await admin.records('inboundRoutes')).filter(({ did }) => did === '226000778').length, 0);
});
