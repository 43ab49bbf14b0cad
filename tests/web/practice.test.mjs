// The demo's ribbon: the button says why it cannot be pressed and what mends it; pressed, a customer
// rings this very page, and is heard. The background is switched by those who may.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { notePeers, openBrowser, prefer, signIn } from './browser.mjs';
import { startLinka } from './server.mjs';

let linka;
let browser;
let page;

/// How much sound came in over all connections of the page so far, as the browser measures it.
const energy = () =>
  page.evaluate(async () => {
    let sum = 0;
    for (const peer of window.peers ?? []) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp') sum += report.totalAudioEnergy ?? 0;
      }
    }
    return sum;
  });

const ribbon = () => page.locator('.lk-ribbon');
const callMe = () => ribbon().getByRole('button', { name: 'Zavolej mi' });

before(async () => {
  linka = await startLinka();
  browser = await openBrowser({ permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
  await prefer(browser.context, 'cs', 'light');
  page = browser.page;
  await notePeers(browser.context);
  await signIn(page, linka.base, 'frantisek', 'demo510');
});

after(async () => {
  await browser?.close();
  await linka?.stop();
});

test('without a device the button cannot be pressed, says why, and offers the mend', async () => {
  await callMe().waitFor();
  assert.equal(await callMe().getAttribute('aria-disabled'), 'true');
  const about = await callMe().getAttribute('aria-describedby');
  assert.match(await page.locator(`[id="${about}"]`).textContent(), /Nejste přihlášeni v žádném zařízení\. Vyberte/);
  await ribbon().getByText('Nejste přihlášeni v žádném zařízení.', { exact: true }).waitFor();
  await callMe().focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.lk-offer').count(), 0);
});

test('its mend logs in to the phone in this page, and then it can be pressed', async () => {
  await ribbon().getByRole('button', { name: /^Přihlásit do zařízení Web František/ }).click();
  await page.waitForSelector('.lk-ribbon button:not([aria-disabled="true"])');
  await ribbon().getByText('Po stisknutí vám zavolá cvičný zákazník.').waitFor();
});

test('pressed by keyboard, a customer rings this page and is heard', async () => {
  await callMe().focus();
  await page.keyboard.press('Enter');
  const offer = page.locator('.lk-offer').first();
  await offer.waitFor();
  assert.match(await offer.textContent(), /Šárka Veselá|Milan Horák|Alena Králová|Radek Pokorný|Věra Novotná|Tomáš Beneš/);
  assert.equal(await callMe().getAttribute('aria-disabled'), 'true', 'one call at a time');
  await ribbon().getByText('Nejdřív dokončete hovor.', { exact: true }).waitFor();
  await page.locator('.lk-toasts').getByText('Zákazník vytáčí číslo').waitFor({ state: 'detached', timeout: 2000 });
  await page.keyboard.press('F2');
  await page.locator('.lk-strip__state', { hasText: 'hovor' }).waitFor();
  const before = await energy();
  let heard = 0;
  for (let i = 0; i < 60 && heard < 0.001; i += 1) {
    await page.waitForTimeout(250);
    heard = (await energy()) - before;
  }
  assert.ok(heard >= 0.001, `nothing was heard in fifteen seconds: ${heard}`);
  await page.keyboard.press('F4');
  await page.locator('.lk-strip').waitFor({ state: 'detached' });
});

test('an agent sees the background, and why they may not switch it', async () => {
  const button = ribbon().getByRole('button', { name: 'Provoz na pozadí' });
  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  assert.equal(await button.getAttribute('aria-pressed'), 'false');
  await ribbon().getByRole('status').getByText('vypnutý').waitFor();
  assert.equal(await ribbon().getByLabel('hovorů za hodinu').count(), 0);
});

test('a manager switches it on, sees who works, and switches it off', async () => {
  const manager = await openBrowser({ viewport: { width: 1440, height: 900 } });
  try {
    await prefer(manager.context, 'en', 'dark');
    await signIn(manager.page, linka.base, 'jana', 'demo511');
    const place = manager.page.locator('.lk-ribbon');
    const button = place.getByRole('button', { name: 'Background traffic' });
    await button.click();
    await manager.page.waitForSelector('.lk-ribbon button[aria-pressed="true"]');
    await place.getByText(/4 colleagues at work/).waitFor({ timeout: 30_000 });
    const rate = place.getByLabel('calls an hour');
    assert.equal(await rate.inputValue(), '60');
    await rate.fill('240');
    const [told] = await Promise.all([
      manager.page.waitForResponse((response) => response.request().method() === 'PUT'),
      rate.press('Enter'),
    ]);
    assert.equal((await told.json()).callers_per_hour, 240);
    assert.equal(await rate.inputValue(), '240');
    await button.click();
    await manager.page.waitForSelector('.lk-ribbon button[aria-pressed="false"]');
    await place.getByText('off', { exact: true }).waitFor();
  } finally {
    await manager.close();
  }
});
