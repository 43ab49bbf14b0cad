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
  await bar().getByRole('list', { name: 'Co se změní' }).getByText('226000777', { exact: true }).waitFor();
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
  await bar().getByRole('button', { name: 'Přepnout na předchozí podobu' }).click();
  await bar().getByRole('button', { name: 'Opravdu přepnout?' }).click();
  await page.getByText('Hovory teď jdou podle předchozí podoby').waitFor();
  assert.deepEqual(await way('226000777'), ['no_rule', 'no_rule']);
});

test('hours lead a number elsewhere, which is drawn and tried for any time', async () => {
  await page.goto(`${linka.base}/manage/timegroups`);
  await page.getByRole('button', { name: 'Nová časová skupina' }).first().click();
  await side().getByLabel('Název').fill('Kancelář');
  await side().getByText('Bez pravidel je otevřeno pořád').waitFor();
  await side().getByRole('button', { name: 'Přidat dny v týdnu' }).click();
  await side().getByLabel('1. pravidlo: do').fill('16.30');
  await side().getByRole('group', { name: '1. pravidlo: dny' }).getByLabel('pá').uncheck();
  await side().getByRole('button', { name: 'Přidat den (dovolená, výjimka)' }).click();
  await side().getByLabel('2. pravidlo: datum').fill('2026-12-31');
  await side().getByRole('checkbox', { name: 'Česko' }).check();
  await save();
  const [office] = await admin.records('timegroups');
  assert.deepEqual(office.rules, [
    { days: [1, 2, 3, 4], from: '08:00', to: '16:30', closed: false },
    { date: '2026-12-31', from: '00:00', to: '24:00', closed: true },
  ]);
  await page.getByText('po–čt 08:00–16:30').waitFor();

  await page.goto(`${linka.base}/manage/inboundRoutes`);
  await page.getByRole('button', { name: 'Nové pravidlo' }).first().click();
  await side().getByLabel('Naše číslo').fill('226000779');
  await side().getByLabel('Kam hovor jde', { exact: true }).selectOption({ label: 'zkouška ozvěny' });
  await side().getByLabel('Časová skupina').selectOption({ label: 'Kancelář' });
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByText(/je třeba vyplnit: kam hovory půjdou/).first().waitFor();
  await side().getByLabel('Kam hovor jde, když je zavřeno', { exact: true }).selectOption({ label: 'obsazovací tón' });
  await save();
  await page.getByRole('table').getByText('226000779').click();
  await side().getByRole('region', { name: 'Kudy hovor půjde' }).getByText('otevřeno (Kancelář)').waitFor();
  await page.keyboard.press('Escape');
  await side().waitFor({ state: 'detached' });

  await bar().getByRole('button', { name: 'Vyzkoušet hovor' }).click();
  await bar().getByLabel('Na naše číslo').fill('226 000 779');
  for (const [at, end] of [['2026-12-02T10:00', 'zkouška ozvěny'], ['2026-12-31T10:00', 'obsazovací tón'], ['2026-12-24T10:00', 'obsazovací tón']]) {
    await bar().getByLabel('Kdy (prázdné: teď)').fill(at);
    await bar().getByRole('button', { name: 'Kam hovor půjde' }).click();
    await bar().getByText(end).waitFor();
  }
});

test('a destination that is not chosen is said at its field', async () => {
  await page.getByRole('button', { name: 'Nové pravidlo' }).first().click();
  await side().getByLabel('Naše číslo').fill('226000778');
  await side().getByLabel('Kam hovor jde', { exact: true }).selectOption({ label: 'fronta' });
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().getByText(/Kam hovor jde/).nth(1).waitFor();
  assert.equal((await admin.records('inboundRoutes')).filter(({ did }) => did === '226000778').length, 0);
});
