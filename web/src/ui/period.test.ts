import { expect, test } from 'vitest';

import { before, daysOf, isDay, isoDay } from './period';

const now = new Date(2026, 2, 29, 15, 0); // a Sunday with 23 hours in Prague
const days = (span: { from: Date; until: Date }) => [isoDay(span.from), isoDay(span.until)];

test('names mean whole local days', () => {
  expect(days(daysOf('today', now))).toEqual(['2026-03-29', '2026-03-30']);
  expect(days(daysOf('yesterday', now))).toEqual(['2026-03-28', '2026-03-29']);
  expect(days(daysOf('this_week', now))).toEqual(['2026-03-23', '2026-03-30']);
  expect(days(daysOf('last_week', now))).toEqual(['2026-03-16', '2026-03-23']);
  expect(days(daysOf('week', now))).toEqual(['2026-03-23', '2026-03-30']);
  expect(days(daysOf('month', now))).toEqual(['2026-03-01', '2026-03-30']);
  expect(days(daysOf('last_month', now))).toEqual(['2026-02-01', '2026-03-01']);
});

test('a week begins on Monday', () => {
  expect(days(daysOf('this_week', new Date(2026, 2, 23)))).toEqual(['2026-03-23', '2026-03-24']);
});

test('a chosen period has its last day in it, and is never before its start', () => {
  expect(days(daysOf('custom', now, '2026-02-27', '2026-02-28'))).toEqual(['2026-02-27', '2026-03-01']);
  expect(days(daysOf('custom', now, '2026-02-27', '2026-01-01'))).toEqual(['2026-02-27', '2026-02-28']);
  expect(days(daysOf('custom', now))).toEqual(['2026-03-29', '2026-03-30']);
});

test('the period before is as long', () => {
  expect(days(before(daysOf('week', now)))).toEqual(['2026-03-16', '2026-03-23']);
});

test('a day is a date that exists', () => {
  expect(isDay('2026-01-02')).toBe(true);
  expect(isDay('2026-13-02')).toBe(false);
  expect(isDay('yesterday')).toBe(false);
});
