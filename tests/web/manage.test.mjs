// Manage: a new user and a queue are saved and can be read back; what is refused names the field.
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
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

test("the form's limits are the server's, and what is beyond them is not sent", async () => {
  await page.route('**/api/live/models', async (route) => {
    const answer = await route.fetch();
    const { models } = await answer.json();
    const { fields } = models.find(({ model }) => model === 'queues');
    const limit = (name, span) => (fields.find((each) => each.name === name).limit.span = span);
    limit('options.ringtime', { least: 7, most: 11, zero: false });
    limit('title', { least: 0, most: 12, zero: false });
    await route.fulfill({ json: { models } });
  });
  const sent = [];
  page.on('request', (request) => request.method() === 'PUT' && sent.push(request.url()));
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await field('Doba zvonění').fill('12');
  await field('Název').fill('Zákaznická podpora');
  await save();
  await form().getByText('Celé číslo od 7 do 11.').waitFor();
  await form().getByText(/Nejvýš 12 znaků/).waitFor();
  assert.deepEqual(sent, []);
  await field('Název').fill('Podpora');
  await field('Doba zvonění').fill('11');
  await save();
  await form().waitFor({ state: 'detached' });
  assert.equal(sent.length, 1);
  await page.unroute('**/api/live/models');
});

test('numbers in a row are entered one on each line', async () => {
  await page.goto(`${linka.base}/manage/settings?edit=instance`);
  await field('Tísňová čísla').fill('112\n155\n199');
  await save();
  await form().waitFor({ state: 'detached' });
  const [settings] = await admin.records('settings');
  assert.deepEqual(settings.emergency, ['112', '155', '199']);
});

test('when a device rings for somebody, and their penalty in a queue, are set at the right', async () => {
  await admin.post('/api/v6/sipDevices.json', { name: '351', title: 'Doma', type: 'sip' });
  await page.goto(`${linka.base}/manage/users?edit=eva`);
  await form().getByRole('checkbox', { name: 'Doma (351)' }).check();
  await form().getByLabel('Doma: začne zvonit po').fill('7');
  await form().getByLabel('Doma: zvoní nejdéle').fill('999'); // no more than the server takes
  await form().getByRole('checkbox', { name: 'Podpora (6001)' }).check();
  await form().getByLabel('Podpora: penalizace').fill('3');
  await save();
  await form().waitFor({ state: 'detached' });
  const eva = (await admin.records('users')).find((user) => user.name === 'eva');
  assert.deepEqual(eva.devices, [{ name: '351', delay: 7, ring: 300 }]);
  assert.equal(eva.queues.find((right) => right.name === 6001).penalty, 3);
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

// A telephone that asks to register and never answers the challenge.
async function askToRegister(device, times) {
  const socket = createSocket('udp4');
  await new Promise((done) => socket.bind(0, '127.0.0.1', done));
  const { port } = socket.address();
  for (let i = 1; i <= times; i += 1) {
    const lines = [
      'REGISTER sip:127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-${port}-${i}`,
      'Max-Forwards: 70',
      `From: <sip:${device}@127.0.0.1>;tag=silent`,
      `To: <sip:${device}@127.0.0.1>`,
      `Call-ID: silent-${port}-${i}`,
      `CSeq: ${i} REGISTER`,
      `Contact: <sip:${device}@127.0.0.1:${port}>`,
      'User-Agent: Stary 1.0',
      'Content-Length: 0',
    ];
    const answered = once(socket, 'message');
    socket.send(`${lines.join('\r\n')}\r\n\r\n`, linka.sipPort, '127.0.0.1');
    const [answer] = await answered;
    assert.match(answer.toString(), /^SIP\/2.0 401 /);
  }
  socket.close();
}

test('a telephone that never answers the password question is named, with what to do', async () => {
  await askToRegister('331', 6);
  await page.goto(`${linka.base}/manage/sipDevices`);
  await page.getByText(/6krát hlásilo a na dotaz na heslo ani jednou neodpovědělo/).waitFor();
  await page.goto(`${linka.base}/manage/sipDevices?edit=331`);
  const note = form().getByRole('note');
  await note.getByText(/Telefon na adrese 127\.0\.0\.1 \(Stary 1\.0\)/).waitFor();
  await note.getByText(/zvolte u „Ověření hesla“ možnost „jen MD5“/).waitFor();
  await form().getByRole('switch', { name: 'Rozšířené nastavení' }).click();
  await field('Ověření hesla').selectOption({ label: 'jen MD5' });
  await save();
  await form().waitFor({ state: 'detached' });
  const { result } = await admin.get('/api/v6/sipDevices/331.json');
  assert.equal(result.digest, 'md5');
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

test('a deletion that is refused says why where it is seen', async () => {
  await page.setViewportSize({ width: 1440, height: 500 });
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await form().getByRole('button', { name: 'Smazat', exact: true }).click();
  await form().getByRole('button', { name: 'Opravdu smazat?' }).click();
  const alert = form().getByRole('alert');
  await alert.waitFor();
  const { top, bottom } = await form().evaluate((side) => {
    const { top: from, bottom: to } = side.querySelector('[role="alert"]').getBoundingClientRect();
    return { top: from - side.getBoundingClientRect().top, bottom: innerHeight - to };
  });
  assert.ok(top >= 0 && bottom >= 0, `${top} ${bottom}`);
  await page.setViewportSize({ width: 1440, height: 900 });
});
