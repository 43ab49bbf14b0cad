import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';

import { fitting } from './dial';

beforeAll(() => i18next.init({ lng: 'en', resources: {} }));

const refused = (subject: string) => ({ code: 'not_allowed_number' as const, text: 'Not this one.', fix: 'Countries.', subjects: [subject] });

test('letters are no number, and of a number it is said who decides', () => {
  expect(fitting(refused('777abc'), '777 abc')).toMatchObject({ text: 'dial.no_number', fix: 'dial.no_number_fix' });
  expect(fitting(refused('+420900123456'), '+420 900 123 456')).toMatchObject({ text: 'Not this one.', fix: 'dial.number_forbidden_fix' });
});

test('a number that a colleague forwards to is not the one that was dialled', () => {
  expect(fitting(refused('900123456'), '510')).toEqual(refused('900123456'));
});
