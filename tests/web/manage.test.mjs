// Manage: a new user and a queue are saved and can be read back; what is refused names the field.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;
let browser;
let page;
let admin;

before(async () => {
  linka = await startLinka();
  admin = await openApi(linka.base, 'admin', 'demo500');
  browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await signIn(page, linka.base, 'admin', 'demo500');
});

after(async () => {
  await browser?.close();
  await linka?.stop();
});

const form = () => page.getByRole('dialog');
const save = () => form().getByRole('button', { name: 'Uložit', exact: true }).click();
const field = (label) => form().getByLabel(new RegExp(`^${label}`)).first();

test('a refused save names the field, marks it and puts the focus there', async () => {
  await page.goto(`${linka.base}/manage/users?edit=%2B`);
  await field('Přihlašovací jméno').fill('nova');
  await field('Jméno').fill('Nová Osoba');
  await field('Heslo').fill('velmi-tajne-heslo');
  await field('Linka').fill('510'); // František has it
  await save();
  const alert = form().getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.textContent(), /Linka/);
  const wrong = form().locator('[aria-invalid="true"]');
  await wrong.waitFor();
  assert.equal(await wrong.inputValue(), '510');
  await page.waitForFunction((each) => each === document.activeElement, await wrong.elementHandle());
});

test('mended, the user is saved, listed, and can sign in', async () => {
  await field('Linka').fill('555');
  await save();
  await form().waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Nová Osoba' }).waitFor();
  const saved = (await admin.records('users')).find((user) => user.name === 'nova');
  assert.equal(saved.extension, '555');
  await openApi(linka.base, 'nova', 'velmi-tajne-heslo');
});

test('a queue is changed; a value out of its range is refused at its field', async () => {
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  const ring = field('Doba zvonění');
  await ring.fill('99999');
  await save();
  await form().getByRole('alert').waitFor();
  assert.equal(await form().locator('[aria-invalid="true"]').inputValue(), '99999');
  await ring.fill('25');
  await save();
  await form().waitFor({ state: 'detached' });
  const queue = (await admin.records('queues')).find((each) => each.name === 6001);
  assert.equal(queue.options.ringtime ?? queue.ringtime, 25);
});

test('a form with changes asks before they are thrown away', async () => {
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await field('Název').fill('Něco jiného');
  await page.keyboard.press('Escape');
  const asks = form().getByRole('alertdialog');
  await asks.getByRole('button', { name: 'Pokračovat v úpravách' }).click();
  assert.equal(await field('Název').inputValue(), 'Něco jiného');
  await page.keyboard.press('Escape');
  await asks.getByRole('button', { name: 'Zahodit změny' }).click();
  await form().waitFor({ state: 'detached' });
});

test('what a colleague saved meanwhile is shown before it is overwritten', async () => {
  await page.goto(`${linka.base}/manage/queues?edit=6006`);
  await field('Název').fill('Prodej A');
  await admin.put('/api/v6/queues/6006.json', { title: 'Prodej B' });
  await save();
  const clash = form().getByRole('alert');
  await clash.getByText('Prodej B').waitFor();
  await clash.getByText('Prodej A').waitFor();
  await clash.getByRole('button', { name: 'Uložit moje' }).click();
  await form().waitFor({ state: 'detached' });
  const queue = (await admin.records('queues')).find((each) => each.name === 6006);
  assert.equal(queue.title, 'Prodej A');
});

test('a new telephone shows what is typed into it', async () => {
  await page.goto(`${linka.base}/manage/sipDevices?edit=%2B`);
  await field('Název').fill('Nový stolní');
  const number = await field('Číslo zařízení').inputValue();
  await save();
  const connection = form().getByLabel('Připojení telefonu');
  await connection.getByText(number, { exact: true }).waitFor();
  await connection.getByRole('button', { name: 'Ukázat' }).click();
  const { result } = await admin.get(`/api/v6/sipDevices/${number}.json`);
  assert.ok(result.password.length >= 8);
  await connection.getByText(result.password, { exact: true }).waitFor();
});

test('what cannot change while a user is at work is locked beforehand', async () => {
  await openApi(linka.base, 'jan', 'demo512'); // signing in is the beginning of work
  await page.goto(`${linka.base}/manage/users?edit=jan`);
  await form().getByRole('button', { name: 'Odhlásit: Jan Svoboda' }).waitFor();
  assert.equal(await field('Linka').getAttribute('readonly'), '');
});

test('my own password is changed by who knows the present one, and I stay signed in', async () => {
  await page.goto(`${linka.base}/settings`);
  const present = page.getByLabel('Současné heslo');
  await present.fill('uhodnuto');
  await page.getByLabel('Nové heslo').fill('nove-dlouhe-heslo');
  await page.getByRole('button', { name: 'Změnit heslo' }).click();
  await page.getByText('Současné heslo nesouhlasí').waitFor();
  await present.fill('demo500');
  await page.getByRole('button', { name: 'Změnit heslo' }).click();
  await page.getByText('Heslo je změněné').waitFor();
  await page.goto(`${linka.base}/`);
  await page.waitForSelector('.lk-chip-button');
  await openApi(linka.base, 'admin', 'nove-dlouhe-heslo');
});
