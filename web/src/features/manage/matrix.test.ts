import { expect, test } from 'vitest';

import { isWithin } from './limit';
import { isMatrix, matrixText } from './matrix';

test('a matrix is told from other objects', () => {
  expect(isMatrix({ call: { call: 0, chat: null } })).toBe(true);
  for (const other of [{}, [], null, 'call', { kind: 'queue', value: '6001' }, { call: 1 }, { call: { call: 'x' } }]) {
    expect(isMatrix(other)).toBe(false);
  }
});

test('a matrix is said row by row', () => {
  const choice = (name: string) => ({ call: 'calls', chat: 'chats' })[name] ?? name;
  expect(matrixText({ call: { call: 0, chat: 1 }, chat: { call: 2, chat: 3 } }, choice)).toBe(
    'calls: calls 0, chats 1; chats: calls 2, chats 3',
  );
});

test('each cell of a matrix is within the limit, and none is empty', () => {
  const limit = { of: 'number' as const, span: { least: 0, most: 50, zero: false } };
  expect(isWithin(limit, { call: { call: 0 }, chat: { call: 50 } })).toBe(true);
  expect(isWithin(limit, { call: { call: 51 } })).toBe(false);
  expect(isWithin(limit, { call: { call: 1.5 } })).toBe(false);
  expect(isWithin(limit, { call: { call: null } })).toBe(false);
  expect(isWithin(limit, { call: { call: '5e' } })).toBe(false);
});
