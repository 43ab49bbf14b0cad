// An offer that comes while one does something else: nothing moves, nothing takes the focus, and what is
// answered is what one sees.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { openApi, until } from './api.mjs';
import { openBrowser, prefer, signIn } from './browser.mjs';
import { openPhones } from './phones.mjs';
import { startLinka } from './server.mjs';

const support = '226000002';

let linka;
let phones;
let browser;
let page;
let api;
let alena;
let boris;

before(async () => {
  linka = await startLinka();
  phones = openPhones(linka);
  alena = await phones.outside('777000111', { frequency: 440 });
  boris = await phones.outside('777000222', { frequency: 500 });
  browser = await openBrowser({ tone: 620, permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await signIn(page, linka.base, 'frantisek', 'demo510');
  api = await openApi(linka.base, 'frantisek', 'demo510');
  await api.work(['821'], [6001]);
});

after(async () => {
  await browser?.close();
  await phones?.close();
  await linka?.stop();
});

const offer = () => page.locator('.lk-offer:not(.lk-offer--ended)');
const box = (locator) => locator.boundingBox();
const note = () => page.getByLabel('Poznámka');
// A conversation, not somebody who answers and is gone at once: that caller would be kept for others.
const isConversation = () =>
  until(async () => {
    const call = (await api.me()).activities.find((each) => each.state === 'talking');
    return call && Date.now() - Date.parse(call.connected) > 4000;
  }, 'the call is a conversation');
const endPause = () => api.post('/api/live/me/pause', { pause: null });

test('on the desk an offer has a place of its own: the list below stays where it is', async () => {
  const list = page.getByRole('region', { name: 'Čekající' });
  // The page is the telephone by then: until it is, the list says what is missing and is higher.
  await list.getByText('Ve vašich frontách nikdo nečeká.').waitFor();
  const before = await box(list);
  const call = await alena.dial(support);
  await offer().waitFor();
  assert.deepEqual(await box(list), before);
  await page.keyboard.press('F2');
  await page.locator('.lk-strip').waitFor();
  await call.hangUp();
  await page.locator('.lk-strip').waitFor({ state: 'detached' });
  await note().fill('Alena chce vrátit zboží');
});

test('a call answered from another screen is shown on the desk, and what was written stays', async () => {
  const [{ name: open }] = (await api.me()).activities;
  await api.post(`/api/live/activities/${open}/postpone`, {});
  await endPause();
  await page.goto(`${linka.base}/calls`);
  await page.waitForLoadState('networkidle'); // what moves while the page is still loaded is no offer's doing
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  const field = page.locator('main input[type="search"]');
  await field.focus();
  const before = await box(heading);
  const call = await boris.dial(support);
  await offer().waitFor();
  await page.keyboard.type('77');
  assert.equal(await field.inputValue(), '77');
  assert.deepEqual(await box(heading), before);
  await offer().getByRole('button', { name: /^Přijmout/ }).click();
  await page.getByRole('heading', { level: 1, name: '777 000 222' }).waitFor();
  assert.equal(await note().inputValue(), '');
  await isConversation();
  await page.keyboard.press('F4');
  await call.wait('ended');
  await page.getByRole('button', { name: 'Uložit a zavřít' }).click();
  // Postponed work does not come by itself, neither then nor when the page is loaded anew.
  const desk = page.getByRole('heading', { level: 1, name: 'Pracovní plocha' });
  await desk.waitFor();
  await page.reload();
  await desk.waitFor();
  const postponed = page.locator('.lk-work__open', { hasText: '777 000 111' });
  for (const back of [() => page.keyboard.press('Escape'), () => page.getByRole('link', { name: 'Pracovní plocha' }).click()]) {
    await postponed.click();
    await page.getByRole('heading', { level: 1, name: '777 000 111' }).waitFor();
    assert.equal(await note().inputValue(), 'Alena chce vrátit zboží');
    await back();
    await desk.waitFor();
  }
  await endPause();
});

test('on a narrow screen an offer opens nothing over what one writes', async () => {
  await page.setViewportSize({ width: 700, height: 900 });
  await page.goto(`${linka.base}/settings`);
  await page.waitForLoadState('networkidle'); // what moves while the page is still loaded is no offer's doing
  const field = page.getByRole('textbox').first();
  await field.focus();
  const before = await box(field);
  const call = await alena.dial(support);
  await offer().waitFor();
  await page.keyboard.type('abc');
  assert.equal(await field.inputValue(), 'abc');
  assert.deepEqual(await box(field), before);
  await call.hangUp();
  await page.locator('.lk-offer--ended').waitFor();
});

test('an offer is above a drawer, which keeps what is typed in it', async () => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${linka.base}/calls`);
  await page.locator('.lk-table__open').first().click();
  await page.getByRole('dialog').waitFor();
  const call = await boris.dial(support);
  const answer = offer().getByRole('button', { name: /^Přijmout/ });
  await answer.click({ timeout: 5000 });
  await page.locator('.lk-strip').waitFor();
  await isConversation();
  await page.keyboard.press('F4');
  await call.wait('ended');
});

test('who takes no call is told why no more come, in words of the page, and comes back', async () => {
  for (const { name } of (await api.me()).activities) await api.post(`/api/live/activities/${name}/close`, { statuses: [], note: '' });
  await endPause();
  await page.goto(linka.base);
  const call = await alena.dial(support);
  await offer().getByRole('button', { name: /^Odmítnout/ }).click();
  const card = page.getByRole('region', { name: 'Nepřijatý hovor' });
  await card.getByText('Nepřijali jste hovor, proto vám další nechodí.').waitFor();
  await page.getByRole('button', { name: 'Pauzy: Nepřijatý hovor' }).waitFor();
  assert.equal(await page.getByText('Lajdák').count(), 0);
  await call.hangUp();
  await card.getByRole('button', { name: 'Jsem zpět' }).click();
  await card.waitFor({ state: 'detached' });
});
