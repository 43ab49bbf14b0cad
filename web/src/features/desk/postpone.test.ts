import { expect, test } from 'vitest';

import { chosenTime, postponeChoices } from './postpone';

const keys = (now: Date) => postponeChoices(now).map(({ key }) => key);

test('this afternoon is offered while it is still to come', () => {
  expect(keys(new Date(2026, 10, 28, 9))).toEqual(['in_15', 'in_60', 'today', 'tomorrow']);
  expect(keys(new Date(2026, 10, 28, 15, 30))).toEqual(['in_15', 'in_60', 'tomorrow']);
});

test('tomorrow is the next day, over months', () => {
  const tomorrow = postponeChoices(new Date(2026, 10, 30, 22)).find(({ key }) => key === 'tomorrow');
  expect(tomorrow?.at).toEqual(new Date(2026, 11, 1, 9));
});

test('a time of one\'s own lies ahead', () => {
  const now = new Date(2026, 10, 28, 9);
  expect(chosenTime('2026-11-28T09:30', now)).toEqual(new Date(2026, 10, 28, 9, 30));
  expect(chosenTime('2026-11-28T08:30', now)).toBeNull();
  expect(chosenTime('', now)).toBeNull();
});
