import { expect, test } from 'vitest';

import type { Field } from './kit';
import { inTables, toggled } from './operations';

const all = ['create', 'read', 'update', 'remove'];

test('who may change something reads it, and who does not read it does nothing with it', () => {
  expect(toggled(all, [], 'update')).toEqual(['read', 'update']);
  expect(toggled(all, ['read', 'update'], 'update')).toEqual(['read']);
  expect(toggled(all, ['create', 'read', 'update'], 'read')).toEqual([]);
  expect(toggled(['create', 'update'], [], 'update')).toEqual(['update']);
  expect(toggled(['read'], ['remove'], 'read')).toEqual(['remove', 'read']);
});

test('what may be done in modules stands in one table', () => {
  const fields: Field[] = [
    { name: 'title', kind: 'text' },
    { name: 'options.users', kind: 'choices', choices: all },
    { name: 'options.queues', kind: 'choices', choices: ['read'] },
    { name: 'options.join_empty', kind: 'choices', choices: ['paused'] },
  ];
  expect(inTables(fields).map((group) => group.length)).toEqual([1, 2, 1]);
});
