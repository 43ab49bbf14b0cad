import { expect, test } from 'vitest';

import { beyond, changes, clashes, fieldsOf, freshRecord, isChanged, isRequired, namesIn, numberOf, valueAt, withValue, type Field, type Resource } from './kit';

const resource: Resource = {
  model: 'queues',
  columns: [],
  may: { create: true, update: true, remove: true },
  fields: [
    { name: 'name', kind: 'text', once: true, next: '6001' },
    { name: 'title', kind: 'text' },
    { name: 'type', kind: 'choice', standard: 'in' },
    { name: 'options.ringtime', kind: 'number', standard: 20, types: ['in'] },
    { name: 'role', kind: 'choice' },
    { name: 'password', kind: 'password' },
  ],
};

test('a relation is its name', () => {
  expect(valueAt({ role: { name: 'agent', title: 'Operátor' } }, 'role')).toBe('agent');
});

test('a deep value is set without touching its neighbours', () => {
  expect(withValue({ options: { a: 1 } }, 'options.b', 2)).toEqual({ options: { a: 1, b: 2 } });
});

test('only what changed is sent', () => {
  const before = { name: 6001, title: 'A', type: 'in', options: { ringtime: 20, music: 'x' }, role: { name: 'agent' } };
  const after = withValue(withValue(before, 'options.ringtime', 30), 'password', '');
  expect(changes(resource, before, after)).toEqual({ options: { ringtime: 30 } });
  expect(changes(resource, before, before)).toEqual({});
});

test('of a new record everything that is filled in is sent, but nothing that it has no use for', () => {
  const queue = { name: '6010', title: 'B', type: 'out', options: { ringtime: 20 } };
  expect(changes(resource, null, queue)).toEqual({ name: '6010', title: 'B', type: 'out' });
  expect(fieldsOf(resource, queue).map((field) => field.name)).not.toContain('options.ringtime');
});

test('what only has its name filled in would be lost', () => {
  const start = freshRecord(resource, []);
  expect(isChanged(resource, null, start, start)).toBe(false);
  expect(isChanged(resource, null, start, { ...start, name: '6002' })).toBe(true);
  const known = { name: 6001, title: 'A' };
  expect(isChanged(resource, known, known, known)).toBe(false);
  expect(isChanged(resource, known, known, { ...known, title: 'B' })).toBe(true);
});

test('what is wrong is named in the order of the form', () => {
  expect(namesIn(resource, { password: '', 'options.ringtime': '', unknown: '', name: '' })).toEqual(['name', 'options.ringtime', 'password']);
});

test('a new record shows what the server would take, and the next number', () => {
  const rows = [{ name: 6001 }, { name: 6006 }, { name: 'x' }, { name: '00420777123456' }];
  expect(freshRecord(resource, rows)).toEqual({ name: '6007', type: 'in', options: { ringtime: 20 } });
  expect(freshRecord(resource, [])).toEqual({ name: '6001', type: 'in', options: { ringtime: 20 } });
});

test('a next number is one where the field wants one', () => {
  const queues: Resource = { ...resource, fields: [{ name: 'name', kind: 'number', next: '6001', limit: { of: 'number', span: { least: 1, most: 99_999_999, zero: false } } }] };
  const fresh = freshRecord(queues, [{ name: 6001 }]);
  expect(fresh).toEqual({ name: 6002 });
  expect(beyond(queues, changes(queues, null, fresh))).toEqual([]);
});

test('two people clash only over a field that both changed', () => {
  const before = { title: 'A', type: 'in', options: { ringtime: 20 } };
  const theirs = { title: 'B', type: 'in', options: { ringtime: 25 } };
  const named = (mine: object) => clashes(resource, before, { ...before, ...mine }, theirs).map((field) => field.name);
  expect(named({ title: 'C' })).toEqual(['title']);
  expect(named({ title: 'B' })).toEqual([]);
  expect(named({ type: 'out' })).toEqual([]);
  expect(named({ options: { ringtime: 30 } })).toEqual(['options.ringtime']);
});

test('a password is asked of a new user who signs in, not of a known one', () => {
  const password: Field = { name: 'password', kind: 'password', required_types: ['CC'] };
  expect(isRequired(password, null, { type: 'CC' })).toBe(true);
  expect(isRequired(password, null, { type: 'BO' })).toBe(false);
  expect(isRequired(password, { type: 'CC' }, { type: 'CC' })).toBe(false);
});

test('what is typed is a number, nothing, or stays as it is', () => {
  expect(['20', ' 0 ', '-1', '', ' ', '5e', '20abc', '1.5', '1e3', '9'.repeat(30)].map((typed) => numberOf(typed, null))).toEqual(
    [20, 0, -1, null, null, '5e', '20abc', '1.5', '1e3', '9'.repeat(30)],
  );
  expect(numberOf('', undefined)).toBeUndefined();
});

test('what is no number is not sent', () => {
  const limited: Resource = { ...resource, fields: [{ name: 'ring', kind: 'number', limit: { of: 'number', span: { least: 5, most: 900, zero: false } } }] };
  const refused = (before: number | null, typed: string) =>
    beyond(limited, changes(limited, { name: 1, ring: before }, { name: 1, ring: numberOf(typed, null) })).map(({ field }) => field.name);
  expect(['5e', '20abc', '4', '5.5'].map((typed) => refused(20, typed))).toEqual(Array(4).fill(['ring']));
  expect(refused(null, '20abc')).toEqual(['ring']);
  expect([refused(20, ''), refused(20, '30')]).toEqual([[], []]);
  expect(changes(limited, { name: 1, ring: 20 }, { name: 1, ring: numberOf('', undefined) })).toEqual({ ring: '' });
});
