// An empty company, its administrator signed in for the first time: what comes next, and nobody to ask.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi } from './api.mjs';
import { openBrowser, prefer } from './browser.mjs';
import { startLinka } from './server.mjs';

const password = 'Heslo-123';

let linka;
let browser;
let page;
let admin;

before(async () => {
  linka = await startLinka(['--seed', 'empty', '--listen', '127.0.0.1']);
  browser = await openBrowser({ viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await page.goto(linka.base + linka.setupPath);
  await page.fill('input[type=password]', password);
  await page.click('button');
  await page.waitForSelector('.lk-chip-button');
  admin = await openApi(linka.base, 'admin', password);
});

after(async () => {
  await browser?.close();
  await linka?.stop();
});

const steps = () => page.getByRole('region', { name: 'První kroky' });
const step = (title) => steps().getByRole('listitem').filter({ hasText: title });
const isTicked = (title) => step(title).getByRole('img', { name: 'hotovo' }).waitFor();
const form = () => page.getByRole('dialog');

test('the desk says what to set up, with a way to each and nothing ticked', async () => {
  await steps().getByText('hotovo 0 z 8').waitFor();
  for (const item of await steps().getByRole('listitem').all()) assert.equal(await item.getByRole('link').count(), 1);
  await steps().getByRole('link', { name: 'Založit trunk' }).waitFor();
});

test('nothing tells the administrator to ask somebody', async () => {
  for (const details of await page.locator('main details').all()) await details.locator('summary').click();
  const texts = [await page.locator('#root').textContent()];
  for (const menu of ['Výběr zařízení', 'Fronty', 'Pauzy']) {
    await page.locator(`.lk-bar button[aria-label^="${menu}"]`).click();
    texts.push(await page.locator('[role=dialog]').last().textContent());
    await page.keyboard.press('Escape');
  }
  for (const text of texts) assert.deepEqual(text.match(/.{0,40}(požádejte|administrátora).{0,40}/gi) ?? [], []);
});

test('a step leads to the form; saved, it is ticked and the next one is shown', async () => {
  await step('Založte frontu').getByRole('link').click();
  await form().getByLabel(/^Název/).fill('Podpora');
  await form().getByRole('button', { name: 'Uložit', exact: true }).click();
  await form().waitFor({ state: 'detached' });
  await page.goto(`${linka.base}/`);
  await isTicked('Založte frontu');
  assert.match(await steps().locator('[data-next]').textContent(), /Přidejte telefony/);
});

test('what the help says of a missing device leads to its form, and once there is one to oneself', async () => {
  const mend = (name) => page.getByRole('region', { name: 'Proč mi nechodí hovory?' }).getByRole('button', { name, exact: true });
  await page.goto(`${linka.base}/help`);
  await mend('Založit zařízení').click();
  await form().getByRole('heading', { name: 'Nové zařízení' }).waitFor();
  await admin.post('/api/v6/sipDevices.json', { name: '801', title: 'Web', type: 'web' });
  await page.goto(`${linka.base}/help`);
  await mend('Přiřadit si zařízení').click();
  await page.waitForURL(/users\?edit=admin/);
});

test('the help says nothing of channels that nothing serves', async () => {
  await page.goto(`${linka.base}/help`);
  await page.getByRole('region', { name: 'Proč se hovor nepřijme sám?' }).waitFor();
  assert.equal(await page.getByRole('region', { name: /e-mail|chat/ }).count(), 0);
});

test('the shift is begun by its own button, to which the step leads', async () => {
  await page.goto(`${linka.base}/`);
  await step('Začněte směnu').getByRole('link').click();
  await page.waitForURL(/#shift$/);
  await page.locator('#shift').getByRole('button', { name: 'Začít směnu' }).waitFor();
});

test('once somebody can take calls the desk is an ordinary one', async () => {
  await admin.post('/api/v6/users.json', { name: 'jan', title: 'Jan', type: 'CC', role: 'agent', extension: '511', password });
  await page.reload();
  await isTicked('Přidejte lidi');
  await step('Dejte jim zařízení a fronty').getByRole('link').click();
  await form().getByRole('heading', { name: 'Jan' }).waitFor();
  await admin.put('/api/v6/users/jan.json', { devices: [{ name: '801' }], queues: [{ name: 6001 }] });
  await page.goto(`${linka.base}/`);
  await page.getByRole('heading', { level: 1, name: 'Pracovní plocha' }).waitFor();
  await steps().waitFor({ state: 'detached' });
});
