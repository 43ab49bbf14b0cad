import { expect, test } from 'vitest';

import type { Activity, LiveUser } from '../../api/types';
import { callsNow, stateOf } from './now';

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

test('a state has the word of the chip', () => {
  const user = (more: object) => ({ state: 'idle', device_reachable: true, queues: [1], ...more }) as unknown as LiveUser;
  expect(stateOf(user({}))).toEqual({ key: 'idle', tone: 'ready' });
  expect(stateOf(user({ device_reachable: false }))).toEqual({ key: 'no_device', tone: 'danger' });
  expect(stateOf(user({ queues: [] })).key).toBe('no_queue');
  expect(stateOf(user({ queues: undefined })).key).toBe('idle');
  expect(stateOf(user({ state: 'working', pause: { type: 'custom' } })).key).toBe('working');
  expect(stateOf(user({ state: 'paused', pause: { type: 'lajdak' } })).key).toBe('missed');
});
