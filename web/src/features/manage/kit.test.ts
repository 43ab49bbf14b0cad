import { expect, test } from 'vitest';

import { changes, valueAt, withValue, type Resource } from './kit';

const resource: Resource = {
  model: 'queues',
  columns: [],
  fields: [
    { name: 'name', kind: 'text', fixed: true },
    { name: 'title', kind: 'text' },
    { name: 'options.ringtime', kind: 'number' },
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
  const before = { name: 6001, title: 'A', options: { ringtime: 20, music: 'x' }, role: { name: 'agent' } };
  const after = withValue(withValue(before, 'options.ringtime', 30), 'password', '');
  expect(changes(resource, before, after)).toEqual({ options: { ringtime: 30 } });
  expect(changes(resource, before, before)).toEqual({});
});

test('of a new record everything that is filled in is sent', () => {
  expect(changes(resource, null, { name: '6010', title: 'B' })).toEqual({ name: '6010', title: 'B' });
});
