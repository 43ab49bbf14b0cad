import { expect, test } from 'vitest';

import { readSearch, spanOf } from './period';

const now = new Date(2026, 2, 29, 15, 0);

test('what an address lacks is today, whole, of queues', () => {
  expect(readSearch({ period: 'ever' })).toEqual({ of: 'queues', period: 'today', step: 'none' });
});

test('a queue, a person and a comparison stand in the address', () => {
  expect(readSearch({ queue: 6001, user: 'jana', compare: true })).toMatchObject({ queue: '6001', user: 'jana', compare: true });
});

test('today ends at midnight, also on the day with 23 hours', () => {
  expect(spanOf(readSearch({}), now)).toEqual({ from: '2026-03-29 00:00:00', to: '2026-03-30 00:00:00' });
});

test('seven days are asked for as days', () => {
  expect(spanOf(readSearch({ period: 'week', step: 'day' }), now)).toEqual({
    from: '2026-03-23 00:00:00',
    to: '2026-03-30 00:00:00',
    step: 'day',
  });
});
