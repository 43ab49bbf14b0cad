import { expect, test } from 'vitest';

import { isOvertaken, linesOf, verbOf, type Change } from './change';

const change = (more: Partial<Change>): Change => ({
  name: 'auditLog_1',
  time: '2026-11-29 12:00:00',
  user: null,
  access: null,
  address: null,
  action: 'queues.update',
  model: 'queues',
  record: '6001',
  title: 'B',
  before: { title: 'A', options: { ringtime: 20 } },
  after: { title: 'B', options: { ringtime: 30 } },
  detail: null,
  taken_back: false,
  takes_back: null,
  can_take_back: true,
  titles: null,
  note: null,
  ...more,
});

test('a line for each field, options one by one', () => {
  expect(linesOf(change({}))).toEqual([
    { field: 'title', before: 'A', after: 'B' },
    { field: 'options.ringtime', before: 20, after: 30 },
  ]);
});

test('of a new record only what says something', () => {
  const made = change({ before: null, after: { title: 'A', deactivated: false, queues: [] }, action: 'queues.create' });
  expect(linesOf(made).map(({ field }) => field)).toEqual(['title']);
});

test('what is no change of a record has no verb', () => {
  expect(verbOf(change({ action: 'recording.listen', model: null }))).toBeNull();
  expect(verbOf(change({}))).toBe('update');
});

test('a change is overtaken once the list shows that the record is not as it was left', () => {
  const own = change({});
  const later = (name: string, more: Partial<Change>) => change({ name, before: {}, ...more });
  const another = later('auditLog_4', { after: { title: 'C' } });
  const back = later('auditLog_5', { after: { title: 'B' } });
  const gone = later('auditLog_6', { action: 'queues.delete', after: null });
  expect(isOvertaken(own, [own])).toBe(false);
  expect(isOvertaken(own, [another, own])).toBe(true);
  expect(isOvertaken(own, [back, another, own])).toBe(false);
  expect(isOvertaken(own, [gone, own])).toBe(true);
  expect(isOvertaken(own, [later('auditLog_7', { record: '6002', after: { title: 'C' } }), own])).toBe(false);
  expect(isOvertaken(own, [later('auditLog_8', { after: { alias: 'x' } }), own])).toBe(false);
  const made = later('auditLog_9', { action: 'queues.create', before: null, after: { title: 'B' } });
  expect(isOvertaken(gone, [gone, own])).toBe(false);
  expect(isOvertaken(gone, [made, gone, own])).toBe(true);
});
