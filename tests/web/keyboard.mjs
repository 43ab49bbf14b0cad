// A person without a mouse, and the words of the web app in the language that they read.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const texts = resolve(import.meta.dirname, '../../web/src/i18n');

/// words('cs')('state.idle') is what the web app calls it; {{name}} are filled in.
export function words(language) {
  const folder = join(texts, language);
  const all = Object.assign({}, ...readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8'))));
  return (key, values = {}) => {
    const text = key.split('.').reduce((part, name) => part?.[name], all);
    assert.equal(typeof text, 'string', `no text ${key} in ${language}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? `{{${name}}}`);
  };
}

const isFocused = (locator) =>
  locator.evaluateAll((found) => found.some((each) => each === document.activeElement));

export function keyboardOf(page) {
  const press = (key) => page.keyboard.press(key);
  /// Tabs until the focus is there, and it can be seen; Shift+Tab with `back`.
  const reach = async (locator, { most = 80, back = false } = {}) => {
    const passed = [];
    for (let i = 0; i <= most; i += 1) {
      if (await isFocused(locator)) {
        const seen = await page.evaluate(() => document.activeElement?.matches(':focus-visible'));
        assert.ok(seen, `the focus at ${locator} cannot be seen`);
        return;
      }
      await press(back ? 'Shift+Tab' : 'Tab');
      passed.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.slice(0, 30)));
    }
    assert.fail(`${locator} cannot be reached by Tab; the focus passed ${JSON.stringify(passed)}`);
  };
  return {
    press,
    type: (text) => page.keyboard.type(text),
    reach,
    /// Goes there and presses a key, once it is there and may be used.
    use: async (locator, key = 'Enter') => {
      await locator.first().waitFor();
      await reach(locator);
      await press(key);
    },
    /// Where the focus is now.
    assertAt: async (locator) => {
      for (let i = 0; i < 40; i += 1) {
        if (await isFocused(locator)) return;
        await page.waitForTimeout(50);
      }
      const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));
      assert.fail(`the focus is not at ${locator} but at ${at}`);
    },
  };
}
