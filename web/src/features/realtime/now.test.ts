import { expect, test } from 'vitest';

import type { Activity } from '../../api/types';
import { callsNow } from './now';

const activity = (more: object) => ({ finished: null, since: 's', caller: '1', queue: { name: 6001, title: 'P' }, user: null, ...more }) as unknown as Activity;

test('a call that waits and rings at two people is one row', () => {
  const rows = callsNow([
    activity({ name: 'w', interaction: 7, state: 'waiting' }),
    activity({ name: 'a', interaction: 7, state: 'ringing', user: { title: 'Jan' } }),
    activity({ name: 'b', interaction: 7, state: 'ringing', user: { title: 'Eva' } }),
    activity({ name: 'c', interaction: 8, state: 'talking', user: { title: 'Petr' } }),
    activity({ name: 'd', interaction: 9, state: 'finished', finished: 'x' }),
  ]);
  expect(rows.map((row) => [row.key, row.activity.state, row.people])).toEqual([
    ['7', 'ringing', ['Jan', 'Eva']],
    ['8', 'talking', ['Petr']],
  ]);
});
