import { expect, test } from 'vitest';

import { languageOf } from '.';

test('the language is what was chosen, else what the browser asks for first', () => {
  expect(languageOf('en', ['cs-CZ'])).toBe('en');
  expect(languageOf(null, ['cs-CZ', 'en'])).toBe('cs');
  expect(languageOf(null, ['sk'])).toBe('cs');
  expect(languageOf(null, ['en-GB', 'cs'])).toBe('en');
  expect(languageOf(null, ['de', 'cs'])).toBe('cs');
  expect(languageOf('xx', ['de'])).toBe('en');
});
