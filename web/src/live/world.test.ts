import { expect, test } from 'vitest';

import type { Activity, Me } from '../api/types';
import type { PushMessage } from './messages';
import { callOf, partyOf, shownState, workOf } from './work';
import { applied, nothingKnown, swept } from './world';

const may = { ok: true, blockers: [] };
const me = {
  user: { name: 'jan' },
  state: 'idle',
  since: null,
  pause: null,
  queues: [{ name: 6001 }],
  activities: [],
  can: { receive_calls: may },
} as unknown as Me;

const activity = (name: string, more: Partial<Activity>): Activity =>
  ({ name, state: 'talking', user: { name: 'jan' }, queue: { name: 6001 }, since: '', direction: 'in', caller: '1', caller_name: '', number: '2', title: '', ...more }) as Activity;

const snapshot = (activities: Activity[]): PushMessage => ({
  type: 'snapshot',
  seq: 1,
  me,
  realtime: { users: [], queues: [], activities, at: null },
});

const offer = activity('a', { state: 'ringing' });

test('a snapshot forgets everything before it', () => {
  const before = applied(nothingKnown, snapshot([activity('old', {})]), 0);
  expect(Object.keys(applied(before, snapshot([offer]), 0).activities)).toEqual(['a']);
});

test('an offer that is gone is kept for a moment, work that is closed is not', () => {
  let world = applied(nothingKnown, snapshot([offer, activity('b', {})]), 0);
  world = applied(world, { type: 'activity_gone', name: 'a' }, 1000);
  world = applied(world, { type: 'activity_gone', name: 'b' }, 1000);
  expect(world.activities).toEqual({});
  expect(Object.keys(world.ended)).toEqual(['a']);
  expect(swept(world, 4999).ended).toBe(world.ended);
  expect(swept(world, 5000).ended).toEqual({});
});

test('an accepted offer becomes mine and leaves no trace as ended', () => {
  let world = applied(nothingKnown, snapshot([offer]), 0);
  world = applied(world, { type: 'activity', activity: activity('a', {}) }, 0);
  expect(workOf(world).mine.map((each) => each.name)).toEqual(['a']);
  expect(world.ended).toEqual({});
});

test('what waits is listed only if it waits in a queue of mine', () => {
  const world = applied(nothingKnown, snapshot([
    activity('x', { state: 'waiting', user: null }),
    activity('y', { state: 'waiting', user: null, queue: { name: 6006, title: '' } }),
    activity('z', { state: 'ringing', user: { name: 'eva', title: '', extension: '' } }),
  ]), 0);
  const work = workOf(world);
  expect(work.waiting.map((each) => each.name)).toEqual(['x']);
  expect(work.offers).toEqual([]);
});

test('a call that is offered to me is not listed as waiting, too', () => {
  const since = '2026-01-01T00:00:00Z';
  const world = applied(nothingKnown, snapshot([
    activity('o', { state: 'ringing', since }),
    activity('w', { state: 'waiting', user: null, since }),
  ]), 0);
  expect(workOf(world).waiting).toEqual([]);
});

test('the strip shows the spoken call before a held one, and no finished one', () => {
  const held = activity('h', { state: 'hold' });
  const done = activity('f', { state: 'finished' });
  expect(callOf([held, done, activity('t', {})])?.name).toBe('t');
  expect(callOf([done])).toBeNull();
});

test('of a call out the customer is who was dialled', () => {
  expect(partyOf(activity('o', { direction: 'out', title: 'Alena' }))).toEqual({ name: 'Alena', number: '2' });
  expect(partyOf(activity('i', { caller_name: '1' }))).toEqual({ name: '', number: '1' });
});

test('the chip says the worst first', () => {
  expect(shownState(me, false).key).toBe('offline');
  expect(shownState(me, true).key).toBe('idle');
  expect(shownState({ ...me, queues: [] }, true).key).toBe('no_queue');
  const blocked = { ok: false, blockers: [{ code: 'no_device' as const, text: '', fix: '', subjects: [] }] };
  expect(shownState({ ...me, can: { ...me.can, receive_calls: blocked } }, true).key).toBe('no_device');
  const missed = { name: 'l', title: '', type: 'lajdak', since: null, until: null };
  expect(shownState({ ...me, state: 'paused', pause: missed }, true).key).toBe('missed');
});
