import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';

import { ApiError } from '../../api/errors';
import type { Blocker } from '../../api/types';
import { refusedText } from './refused';

const t = ((key: string, values?: { names?: string }) => (values?.names ? `${key}: ${values.names}` : `${key}.`)) as unknown as TFunction;
const said = (what: 'save' | 'remove', code: Blocker['code'], subjects: string[]) =>
  refusedText(t, what, new ApiError(409, code, 'x', [{ code, text: 'Text.', fix: 'Fix.', subjects }]));

test('who is in the way is named, and a sentence has one full stop', () => {
  expect(said('remove', 'in_use', ['Jan', 'Tomáš ml.'])).toBe('manage.referred: Jan, Tomáš ml. manage.referred_fix.');
  expect(said('remove', 'still_used', ['Jan', 'Eva'])).toBe('manage.still_used: Jan, Eva. manage.still_used_fix.');
});

test('what has no names, or no sentence here, is said as the server says it', () => {
  expect(said('remove', 'still_used', [])).toBe('Text. Fix.');
  expect(said('save', 'logged_in', [])).toBe('Text. Fix.');
  expect(said('remove', 'logged_in', [])).toBe('manage.remove_logged_in.');
});
