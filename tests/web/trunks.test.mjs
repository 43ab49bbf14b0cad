// Trunks: one is made in Manage, what is wrong is said at its field, and the list says what becomes of it.
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
const save = () => side().getByRole('button', { name: 'Uložit', exact: true }).click();
const made = async () => (await admin.records('trunks')).find(({ title }) => title === 'Poskytovatel');

test('a trunk is made where the menu leads', async () => {
  await page.goto(`${linka.base}/manage`);
  await page.getByRole('navigation', { name: 'Hlavní nabídka' }).getByRole('link', { name: 'Trunky' }).click();
  await page.getByText('Veřejná síť (ukázka)').waitFor();
  await page.getByRole('button', { name: 'Nový trunk' }).first().click();
  await side().getByLabel('Název').fill('Poskytovatel');
  await side().getByLabel('Server poskytovatele').fill('127.0.0.1');
  await side().getByLabel('Port').fill('9');
  await side().getByLabel('Adresy, ze kterých volá poskytovatel').fill('sip.example.com');
  await side().getByLabel('Registrovat se u poskytovatele').click();
  await save();
  await side().getByText('sip.example.com: musí to být adresa IPv4 nebo IPv6').first().waitFor();
  await side().getByText(/registrace ho potřebuje/).first().waitFor();
  await side().getByLabel('Adresy, ze kterých volá poskytovatel').fill('192.0.2.1\n192.0.2.2');
  await side().getByLabel('Uživatelské jméno').fill('226000000');
  await side().getByLabel('Heslo', { exact: true }).fill('tajne-heslo');
  await side().getByLabel('Pořadí').fill('5');
  await save();
  await side().waitFor({ state: 'detached' });
  const trunk = await made();
  assert.deepEqual(trunk.addresses, ['192.0.2.1', '192.0.2.2']);
  assert.equal(trunk.register, true);
  assert.equal(trunk.password, undefined);
});

test('the list says that it is not registered', async () => {
  await page.getByRole('row', { name: /Poskytovatel/ }).getByText('neregistrováno').waitFor({ timeout: 60_000 });
});

test('its form changes it and says nothing of the password', async () => {
  await page.getByRole('button', { name: 'Poskytovatel', exact: true }).click();
  assert.equal(await side().getByLabel('Heslo', { exact: true }).inputValue(), '');
  await side().getByRole('switch', { name: 'Vypnuto' }).or(side().getByLabel('Vypnuto')).first().click();
  await save();
  await side().waitFor({ state: 'detached' });
  assert.equal((await made()).deactivated, true);
});
