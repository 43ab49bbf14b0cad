// Forms of Manage in a low window: what is refused, what has the focus and what a colleague did are seen, and nothing
// that was typed is lost without a question.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openAdministrator } from './administrator.mjs';
import { openApi } from './api.mjs';

let linka;
let page;
let admin;
let close;

before(async () => {
  ({ linka, page, admin, close } = await openAdministrator());
});

after(() => close?.());

const form = () => page.getByRole('dialog');
const save = () => form().getByRole('button', { name: 'Uložit', exact: true }).click();
const field = (label) => form().getByLabel(new RegExp(`^${label}`)).first();
const low = { width: 1000, height: 600 };

// Runs in the page: what of the element, or of what has the focus, the head, the foot and the window leave in sight.
function hiddenPart(element) {
  const one = element ?? document.activeElement;
  const side = one.closest('.lk-side');
  if (!side) return '';
  const { top, bottom } = one.getBoundingClientRect();
  const within = (selector) => one.closest(selector) !== null;
  const from = within('.lk-side__head') ? 0 : side.querySelector('.lk-side__head').getBoundingClientRect().bottom;
  const foot = side.querySelector('.lk-form__foot');
  const to = !foot || within('.lk-form__foot') ? innerHeight : foot.getBoundingClientRect().top;
  const seen = one === side || (top >= from - 0.5 && bottom <= to + 0.5);
  return seen ? '' : `${one.outerHTML.slice(0, 120)}: ${top}–${bottom}, seen are ${from}–${to}`;
}

const isSeen = async (locator) => assert.equal(await locator.evaluate(hiddenPart), '');
const isFocusSeen = async () => assert.equal(await page.evaluate(hiddenPart), '');

test('what has the focus is beside the foot, not behind it', async () => {
  await page.setViewportSize(low);
  await page.goto(`${linka.base}/manage/users?edit=%2B`);
  await form().getByRole('button', { name: 'Uložit', exact: true }).waitFor();
  for (let i = 0; i < 40; i += 1) {
    await page.keyboard.press('Tab');
    await isFocusSeen();
  }
  for (let i = 0; i < 30; i += 1) {
    await page.keyboard.press('Shift+Tab');
    await isFocusSeen();
  }
});

test('of a refused save the reason, the wrong field and what is said at it are seen', async () => {
  await page.goto(`${linka.base}/manage/users?edit=%2B`);
  await field('Přihlašovací jméno').fill('nova');
  await field('Heslo').fill('velmi-tajne-heslo');
  await field('Linka').fill('510'); // František has it
  await save();
  const alert = form().locator('form [role="alert"]');
  await alert.waitFor();
  // In the order of the form.
  assert.match(await alert.textContent(), /Jméno, Linka/);
  const wrong = form().locator('[aria-invalid="true"]').first();
  await page.waitForFunction((each) => each === document.activeElement, await wrong.elementHandle());
  await isSeen(alert);
  await isFocusSeen();
  await field('Jméno').fill('Nová Osoba');
  await save();
  await form().getByText(/^Opravte: Linka$/).waitFor();
  await isSeen(alert);
  await isSeen(form().locator('.mantine-InputWrapper-root', { has: page.locator('[aria-invalid="true"]') }));
  await page.keyboard.press('Escape');
  await form().getByRole('button', { name: 'Zahodit změny' }).click();
});

test('of a refused deletion the reason is seen from where it was asked for', async () => {
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await form().getByRole('button', { name: 'Smazat', exact: true }).click();
  await form().getByRole('button', { name: 'Opravdu smazat?' }).click();
  const alert = form().locator('form [role="alert"]');
  await alert.waitFor();
  await isSeen(alert);
  await isFocusSeen();
});

test('what a colleague saved meanwhile is seen and has the focus', async () => {
  await page.goto(`${linka.base}/manage/queues?edit=6006`);
  await field('Název').fill('Prodej A');
  await admin.put('/api/v6/queues/6006.json', { title: 'Prodej B' });
  await save();
  const clash = form().locator('section[role="alert"]');
  await clash.waitFor();
  await page.waitForFunction((each) => each === document.activeElement, await clash.elementHandle());
  await isSeen(clash);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Uložit moje');
  await page.keyboard.press('Enter');
  await form().waitFor({ state: 'detached' });
});

for (const [model, label] of [['users', 'Přihlašovací jméno'], ['sipDevices', 'Číslo zařízení'], ['queues', 'Číslo'], ['ringGroups', 'Číslo']]) {
  test(`a new record of ${model} in which only its name was typed asks before it is left`, async () => {
    await page.goto(`${linka.base}/manage/${model}?edit=%2B`);
    await field(label).fill('6543');
    await page.keyboard.press('Escape');
    await form().getByRole('alertdialog').getByRole('button', { name: 'Zahodit změny' }).click();
    await form().waitFor({ state: 'detached' });
  });
}

const ask = () => form().getByRole('button', { name: 'Smazat', exact: true }).click();
const reallyRemove = async () => {
  await ask();
  await form().getByRole('button', { name: 'Opravdu smazat?' }).click();
  await form().locator('form [role="alert"]').waitFor();
  return form().locator('form [role="alert"]').textContent();
};

test('who is in the way of a deletion is named', async () => {
  const jana = await openApi(linka.base, 'jana', 'demo511');
  await jana.post('/api/live/me/devices', { login: ['331'] });
  await jana.post('/api/live/me/queues', { login: [6001] });
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  assert.equal(await reallyRemove(), 'Právě to používá: Jana Dvořáková. Po odhlášení to půjde.');
  await page.goto(`${linka.base}/manage/users?edit=jana`);
  assert.equal(await reallyRemove(), 'Kdo je přihlášený, toho smazat nejde. Nejdřív ho odhlaste.');
});

test('whoever is logged out from their form is asked about first', async () => {
  await form().getByRole('button', { name: /^Odhlásit: / }).click();
  await form().getByRole('button', { name: 'Opravdu odhlásit?' }).waitFor();
  const state = async () => (await admin.get('/api/live/realtime')).users.find(({ name }) => name === 'jana').state;
  assert.notEqual(await state(), 'logged_out');
  await form().getByRole('button', { name: 'Opravdu odhlásit?' }).click();
  await form().getByRole('button', { name: /odhlásit/i }).waitFor({ state: 'detached' });
  assert.equal(await state(), 'logged_out');
});

test('a deletion says beforehand what follows', async () => {
  await page.goto(`${linka.base}/manage/users?edit=jana`);
  await ask();
  const said = form().getByRole('status');
  await said.waitFor();
  assert.match(await said.textContent(), /zůstanou? bez uživatele: /);
  const people = (await admin.records('users')).filter(({ queues }) => queues.some(({ name }) => name === 6001)).length;
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await ask();
  assert.equal(await said.textContent(), `Právo k tomu má ${people} lidí a smazáním o něj přijdou.`);
});
