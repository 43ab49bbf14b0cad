import { expect, test } from 'vitest';

import { clockText, dayNames, dayOff, daysText, ruleText, workdays } from './hours';

test('days that follow each other are one run', () => {
  const names = dayNames('en-GB');
  expect(daysText([1, 2, 3, 4, 5], names)).toBe('Mon–Fri');
  expect(daysText([7, 6], names)).toBe('Sat, Sun');
  expect(daysText([1, 3, 5, 6, 7], names)).toBe('Mon, Wed, Fri–Sun');
});

test('rules are told in words', () => {
  const words = { wholeDay: 'all day', shut: 'shut' };
  expect(ruleText(workdays, 'en-GB', words)).toBe('Mon–Fri 08:00–17:00');
  expect(ruleText(dayOff('2026-12-24'), 'en-GB', words)).toBe('24 Dec 2026 shut');
  expect(ruleText({ days: [6], from: '00:00', to: '24:00', closed: false }, 'en-GB', words)).toBe('Sat all day');
  expect(ruleText({ days: [6], from: '12:00', to: '13:00', closed: true }, 'en-GB', words)).toBe('Sat 12:00–13:00 shut');
});

test('hours are taken as people type them', () => {
  expect(clockText('8')).toBe('08:00');
  expect(clockText('8.30')).toBe('08:30');
  expect(clockText(' 17:5 ')).toBe('17:05');
  expect(clockText('noon')).toBe('noon');
});
