import { expect, test } from 'vitest';

import { readSearch, spanOf } from './period';

const now = new Date(2026, 2, 29, 15, 0);

test('what an address lacks is today, whole, of queues', () => {
  expect(readSearch({ period: 'ever' })).toEqual({ of: 'queues', period: 'today', step: 'none' });
});

test('today ends at midnight, also on the day with 23 hours', () => {
  expect(spanOf(readSearch({}), now)).toEqual({ from: '2026-03-29 00:00:00', to: '2026-03-30 00:00:00' });
});

test('a week is seven days with today', () => {
  expect(spanOf(readSearch({ period: 'week', step: 'day' }), now)).toEqual({
    from: '2026-03-23 00:00:00',
    to: '2026-03-30 00:00:00',
    step: 'day',
  });
});

test('a chosen period has its last day in it', () => {
  const search = readSearch({ period: 'custom', from: '2026-02-27', to: '2026-02-28' });
  expect(spanOf(search, now)).toMatchObject({ from: '2026-02-27 00:00:00', to: '2026-03-01 00:00:00' });
});
