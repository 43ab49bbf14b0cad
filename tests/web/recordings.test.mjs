// System recordings: sent, recorded, spoken, heard, replaced, and chosen where callers hear them.
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
const save = async () => {
  await side().getByRole('button', { name: 'Uložit', exact: true }).click();
  await side().waitFor({ state: 'detached' });
};
const recordings = () => admin.records('recordings');
const fresh = async () => {
  await page.getByRole('button', { name: 'Nová nahrávka' }).first().click();
  await side().getByLabel('Název').waitFor();
};

/// Mono at 8 kHz: a second of 600 Hz.
function wav() {
  const samples = new Int16Array(8000).map((_, i) => 4000 * Math.sin((2 * Math.PI * 600 * i) / 8000));
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.byteLength, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.byteLength, 40);
  return Buffer.concat([head, Buffer.from(samples.buffer)]);
}
const file = (name, buffer) => ({ name, mimeType: 'audio/wav', buffer });

test('a file is sent, and refused with what is wrong with it', async () => {
  await page.goto(`${linka.base}/manage`);
  await page.getByRole('navigation', { name: 'Hlavní nabídka' }).getByRole('link', { name: 'Systémové nahrávky' }).click();
  await fresh();
  await side().getByLabel('Název').fill('Přivítání');
  const chooser = side().locator('input[type=file]');
  await chooser.setInputFiles(file('poem.wav', Buffer.from('this is no sound')));
  await side().getByText(/není zvukový soubor/).waitFor();
  await chooser.setInputFiles(file('hello.wav', wav()));
  await side().getByText('Připraveno, délka 0:01').waitFor();
  await side().getByLabel('Jméno').fill('hello');
  await save();
  const [made] = (await recordings()).filter(({ name }) => name === 'hello');
  assert.equal(made.duration, 1);
  assert.ok(made.file);
});

test('it is heard in the list', async () => {
  const heard = page.waitForResponse((answer) => answer.url().endsWith('/file/prompt/hello'));
  await page.getByRole('button', { name: 'Přehrát: Přivítání', exact: true }).first().click();
  assert.ok([200, 206].includes((await heard).status()));
  assert.equal(await side().count(), 0, 'the row is not opened by it');
});

test('what the microphone hears becomes a recording', async () => {
  await fresh();
  await side().getByLabel('Název').fill('Namluvená');
  await side().getByRole('button', { name: 'Namluvit' }).click();
  await side().getByRole('button', { name: /Ukončit nahrávání.*0:02/ }).click();
  await side().getByText(/Připraveno, délka/).waitFor({ timeout: 20_000 });
  await save();
  assert.ok((await recordings()).some(({ title, duration }) => title === 'Namluvená' && duration >= 1));
});

test('a text is read out', async () => {
  await fresh();
  await side().getByLabel('Název').fill('Dovolená');
  await side().getByLabel('Jazyk').selectOption('cs');
  await side().getByLabel('Text').fill('Do konce týdne máme dovolenou.');
  await save();
  const spoken = (await recordings()).find(({ title }) => title === 'Dovolená');
  assert.equal(spoken.file, null);
  assert.ok(spoken.duration >= 1);
});

test('a prompt of the system is replaced by one of one’s own, and heard again when that is deleted', async () => {
  await page.getByRole('textbox', { name: 'Hledat', exact: true }).fill('Nikdo se vám');
  await page.getByRole('button', { name: /^Nikdo se vám nemůže věnovat/ }).click();
  await side().getByRole('button', { name: 'Nahradit vlastní' }).click();
  assert.equal(await side().getByLabel('Jméno').inputValue(), 'timeout_goodbye');
  await side().locator('input[type=file]').setInputFiles(file('own.wav', wav()));
  await side().getByText(/Připraveno/).waitFor();
  await save();
  const own = () => recordings().then((all) => all.find(({ name }) => name === 'timeout_goodbye'));
  assert.equal((await own()).replaces_built_in, true);
  await page.getByRole('button', { name: /^Nikdo se vám nemůže věnovat/ }).click();
  await side().getByRole('button', { name: 'Smazat' }).click();
  await side().getByRole('button', { name: 'Opravdu smazat?' }).click();
  await side().waitFor({ state: 'detached' });
  assert.equal((await own()).built_in, true);
});

test('rules and queues choose it by its title, and it says so', async () => {
  await page.goto(`${linka.base}/manage/inboundRoutes`);
  await page.getByRole('button', { name: 'Nové pravidlo' }).first().click();
  await side().getByLabel('Naše číslo').fill('226000555');
  await side().getByLabel('Kam hovor jde', { exact: true }).selectOption({ label: 'hláška' });
  const which = side().getByLabel('Kam hovor jde: který záznam');
  await which.fill('něco');
  await side().getByText('Vyberte nahrávku ze seznamu.').waitFor();
  await which.fill('Přivítání (hello)');
  await save();
  const [rule] = (await admin.records('inboundRoutes')).filter(({ did }) => did === '226000555');
  assert.deepEqual(rule.destination, { kind: 'announcement', value: 'hello' });
  await page.goto(`${linka.base}/manage/queues?edit=6001`);
  await side().getByRole('switch', { name: 'Rozšířené nastavení' }).click();
  await side().getByLabel('Hudba', { exact: true }).fill('Přivítání (hello)');
  await side().getByLabel('Hláska předem', { exact: true }).fill('Dovolená');
  await save();
  const queue = (await admin.records('queues')).find(({ name }) => name === 6001);
  assert.equal(queue.options.music, 'hello');
  await page.goto(`${linka.base}/manage/recordings?edit=hello`);
  await side().getByRole('link', { name: /Příchozí čísla: 226000555/ }).waitFor();
  await side().getByRole('link', { name: /Fronty: / }).waitFor();
  await side().getByRole('button', { name: 'Smazat' }).click();
  await side().getByRole('button', { name: 'Opravdu smazat?' }).click();
  await side().getByRole('alert').getByText(/6001/).waitFor();
});
