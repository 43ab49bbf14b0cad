import { expect, test } from 'vitest';

import { dateTime, duration, nearTime, percent, phone, sentence, setLocale } from './format';

test('durations', () => {
  expect([0, 9.9, 134, 3723, -5].map(duration)).toEqual(['0:00', '0:09', '2:14', '1:02:03', '0:00']);
  expect(duration(null)).toBe('–');
});

test('telephone numbers in threes', () => {
  expect(phone('00420777123456')).toBe('+420 777 123 456');
  expect(phone('+420777123456')).toBe('+420 777 123 456');
  expect(phone('00421905111222')).toBe('+421 905 111 222');
  expect(phone('226000002')).toBe('226 000 002');
  expect(phone('510')).toBe('510');
});

test('what is today has no date', () => {
  setLocale('cs');
  const at = (day: number) => {
    const time = new Date();
    time.setDate(time.getDate() + day);
    time.setHours(9, 24, 30);
    return time.toISOString();
  };
  expect(nearTime(at(0))).toBe('09:24');
  expect(nearTime(at(1))).toBe(dateTime(at(1)));
  expect(nearTime(null)).toBe('–');
});

test('dates and parts in the chosen language', () => {
  setLocale('cs');
  expect(dateTime('2026-11-23 13:05:00').replace(/\u00a0/g, ' ')).toBe('23. 11. 13:05');
  expect(percent(0.5).replace(/\u00a0/g, ' ')).toBe('50 %');
  setLocale('en');
  expect(percent(0.5)).toBe('50%');
});

test('a sentence ends with one full stop', () => {
  expect(sentence('Too many failed attempts')).toBe('Too many failed attempts.');
  expect(sentence('Try again.')).toBe('Try again.');
});
