import { expect, test } from 'vitest';

import type { Me } from '../../api/types';
import { canStart, lacksQueues } from './start';

const me = (more: Partial<Me>) =>
  ({ state: 'idle', devices: [{ name: '821' }], queues: [{ name: 6001 }], start: { devices: [], queues: [], left_out: [], blockers: [] }, ...more }) as unknown as Me;

test('the shift can be started by who has not begun, not by who is at work', () => {
  expect(canStart(me({ state: 'not_ready' }))).toBe(true);
  expect(canStart(me({ state: 'logged_out' }))).toBe(true);
  expect(canStart(me({}))).toBe(false);
  expect(canStart(me({ devices: [] }))).toBe(true);
  expect(canStart(me({ queues: [] }))).toBe(true);
  expect(canStart(me({ state: 'paused' }))).toBe(false);
});

test('who is at work and has a right to no queue has nothing to begin', () => {
  const none = { queues: [], queues_available: [] };
  expect(lacksQueues(me(none))).toBe(true);
  expect(lacksQueues(me({ ...none, state: 'not_ready' }))).toBe(false);
  expect(lacksQueues(me({ ...none, queues_available: [{ name: 6001 }] as Me['queues'] }))).toBe(false);
});
