import { expect, test } from 'vitest';

import type { Activity, Me, Missed } from '../api/types';
import type { PushMessage } from './messages';
import { callOf, deskWork, holderOf, neighbour, newlyMine, partyOf, shownState, spellings, theDesk, workOf } from './work';
import { applied, nothingKnown, swept, type World } from './world';

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

let last = 0;
const activity = (name: string, more: Partial<Activity>): Activity =>
  ({ name, interaction: (last += 1), state: 'talking', user: { name: 'jan' }, queue: { name: 6001 }, since: '', direction: 'in', caller: '1', caller_name: '', number: '2', title: '', ...more }) as Activity;

const snapshot = (activities: Activity[]): PushMessage => ({
  type: 'snapshot',
  seq: 1,
  now: '2026-11-28T10:00:00Z',
  me,
  realtime: { users: [], queues: [], activities, at: null },
});

const offer = activity('a', { state: 'ringing' });

test('missed customers come, change and go', () => {
  const row = { name: 'missed_1', customer: '00420777123456', times: 1 } as Missed;
  let world = applied(nothingKnown, { ...(snapshot([]) as object), missed: [row] } as unknown as PushMessage, 0);
  world = applied(world, { type: 'missed', missed: { ...row, times: 2 } }, 0);
  expect(world.missed['missed_1']?.times).toBe(2);
  expect(applied(world, { type: 'missed_gone', name: 'missed_1' }, 0).missed).toEqual({});
});

test('a snapshot forgets everything before it', () => {
  const before = applied(nothingKnown, snapshot([activity('old', {})]), 0);
  expect(Object.keys(applied(before, snapshot([offer]), 0).activities)).toEqual(['a']);
});

test('an offer that is gone is kept for a moment, work that is closed is not', () => {
  let world = applied(nothingKnown, snapshot([offer, activity('b', { state: 'finished' })]), 0);
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
  const hidden = { caller: '', since };
  const world = applied(nothingKnown, snapshot([
    activity('o', { state: 'ringing', interaction: 700, ...hidden }),
    activity('w', { state: 'waiting', user: null, interaction: 700, ...hidden }),
    activity('another', { state: 'waiting', user: null, interaction: 701, ...hidden }),
  ]), 0);
  expect(workOf(world).waiting.map((each) => each.name)).toEqual(['another']);
});

test('the strip shows the spoken call before a held one, and no finished one', () => {
  const held = activity('h', { state: 'hold' });
  const done = activity('f', { state: 'finished' });
  expect(callOf([held, done, activity('t', {})])?.name).toBe('t');
  expect(callOf([done])).toBeNull();
});

test('the desk shows what I chose, else the call, else what is to be closed; postponed work only when chosen', () => {
  const late = activity('p', { state: 'postponed' });
  const done = activity('f', { state: 'finished' });
  const call = activity('t', {});
  const shown = (mine: Activity[], chosen: string | null) => deskWork(mine, chosen)?.name ?? null;
  expect(shown([late, done, call], null)).toBe('t');
  expect(shown([late, done], null)).toBe('f');
  expect(shown([late], null)).toBeNull();
  expect(shown([late, call], 'p')).toBe('p');
  expect(shown([late, done], 'gone')).toBe('f');
  expect(shown([late, call], theDesk)).toBeNull();
});

test('a call that I hung up at once is said to be back in its queue; one that leaves work is not', () => {
  const queue = { name: 6001, title: 'Q' } as Activity['queue'];
  const ended = (more: Partial<Activity>) => {
    const world = applied(nothingKnown, snapshot([activity('x', { queue, direction: 'in', ...more })]), 0);
    return Object.keys(applied(world, { type: 'activity_gone', name: 'x' }, 5).ended);
  };
  expect(ended({})).toEqual(['x']);
  expect(ended({ state: 'finished' })).toEqual([]);
  expect(ended({ direction: 'internal' })).toEqual([]);
  expect(ended({ queue: null })).toEqual([]);
});

test('a colleague is named by the extension', () => {
  const users = { jana: { title: 'Jana', extension: '511' }, none: { title: 'Nikdo', extension: '' } } as unknown as World['users'];
  expect(holderOf(users, '511')).toBe('Jana');
  expect(holderOf(users, '512')).toBe('');
  expect(holderOf(users, '')).toBe('');
});

test('of a call out the customer is who was dialled', () => {
  expect(partyOf(activity('o', { direction: 'out', title: 'Alena' }))).toEqual({ name: 'Alena', number: '2' });
  expect(partyOf(activity('i', { caller_name: '1' }))).toEqual({ name: '', number: '1' });
  expect(partyOf(activity('d', { direction: 'internal', title: '2', caller_name: 'Jan' }))).toEqual({ name: '', number: '2' });
});

test('the caller keeps the name when the call is over', () => {
  expect(partyOf(activity('f', { state: 'finished', title: 'Alena' }))).toEqual({ name: 'Alena', number: '1' });
});

test('work is shown when it becomes mine, and only then', () => {
  const other = activity('old', { state: 'finished' });
  const world = applied(nothingKnown, snapshot([other, offer, activity('e', { user: { name: 'eva', title: '', extension: '' } })]), 0);
  const after = (changed: Activity) => applied(world, { type: 'activity', activity: changed }, 0);
  const answered = { ...offer, state: 'talking' as const };
  expect(newlyMine(world, after(answered))).toBe('a');
  expect(newlyMine(after(answered), applied(after(answered), { type: 'activity', activity: { ...answered, state: 'hold' } }, 0))).toBeNull();
  expect(newlyMine(world, after({ ...other, state: 'postponed' }))).toBeNull();
  expect(newlyMine(world, after(activity('new', { state: 'dialling', direction: 'out' })))).toBe('new');
  expect(newlyMine(world, after(activity('new', { state: 'ringing' })))).toBeNull();
  expect(newlyMine(nothingKnown, world)).toBeNull();
});

test('J and K stay within the list', () => {
  const list = [activity('a', {}), activity('b', {})];
  expect(neighbour(list, 'a', 1)).toBe('b');
  expect(neighbour(list, 'b', 1)).toBe('b');
  expect(neighbour(list, 'a', -1)).toBe('a');
  expect(neighbour(list, 'gone', 1)).toBe('a');
  expect(neighbour([], null, 1)).toBeNull();
});

test('one number in all its spellings, an extension in its own', () => {
  expect(spellings('+420 702 555 104').sort()).toEqual(['+420 702 555 104', '+420702555104', '00420702555104', '702555104']);
  expect(spellings('702555104')).toContain('+420702555104');
  expect(spellings('510')).toEqual(['510']);
  expect(spellings('+49301234567')).toEqual(['+49301234567']);
});

test('the chip says the worst first', () => {
  expect(shownState(me, false).key).toBe('offline');
  expect(shownState(me, true).key).toBe('idle');
  expect(shownState({ ...me, queues: [] }, true).key).toBe('no_queue');
  for (const code of ['no_device', 'device_not_registered'] as const) {
    const blocked = { ok: false, blockers: [{ code, text: '', fix: '', subjects: [] }] };
    expect(shownState({ ...me, can: { ...me.can, receive_calls: blocked } }, true).key).toBe('no_device');
  }
  const missed = { name: 'l', title: '', type: 'lajdak', since: null, until: null };
  expect(shownState({ ...me, state: 'paused', pause: missed }, true).key).toBe('missed');
});
