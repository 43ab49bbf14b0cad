import { expect, test } from 'vitest';

import { isFiltered, queryOf, readSearch, sortOf, sortText, wordsOf } from './search';

const now = new Date(2026, 0, 5, 12);
const at = (...parts: [number, number, number]) => `${new Date(...parts).getTime()}000`;

test('an address gives only what it can mean', () => {
  expect(
    readSearch({ from: '2026-01-02', to: 'yesterday', direction: 'up', page: '0', queue: 6001, sort: 'password' }),
  ).toEqual({ period: 'custom', from: '2026-01-02', queue: '6001' });
});

test('an older address with a number finds the same', () => {
  expect(readSearch({ number: '777' })).toEqual({ q: '777' });
});

test('a page, an order and an open call are no filter', () => {
  expect(isFiltered(readSearch({ page: 3, call: '1', sort: '-wait' }))).toBe(false);
  expect(isFiltered(readSearch({ result: 'unanswered' }))).toBe(true);
});

test('yesterday is asked for as its instants, the order and the page with it', () => {
  const query = queryOf(readSearch({ period: 'yesterday', page: 2, sort: '-wait' }), now);
  expect(query).toEqual({
    filter: [
      { field: 'entered', operator: 'gte', value: at(2026, 0, 4) },
      { field: 'entered', operator: 'lt', value: at(2026, 0, 5) },
    ],
    sort: [{ field: 'wait', dir: 'desc' }],
    q: undefined,
    take: 100,
    skip: 100,
  });
});

test('calls that go on are neither answered nor unanswered', () => {
  expect(queryOf({ result: 'running' }, now).filter).toEqual([{ field: 'ended', operator: 'eq', value: '0' }]);
  expect(queryOf({ result: 'unanswered' }, now).filter).toEqual([
    { field: 'answered', operator: 'eq', value: '0' },
    { field: 'ended', operator: 'neq', value: '0' },
  ]);
});

test('work is searched: who had it, how it ended, whether there is a recording', () => {
  expect(queryOf({ agent: 'jana', status: 'vyreseno', recorded: true }, now).filter).toEqual([
    { field: 'activities.user', operator: 'eq', value: 'jana' },
    { field: 'activities.statuses', operator: 'contains', value: '"vyreseno"' },
    { field: 'recordings.status', operator: 'eq', value: 'Converted' },
  ]);
});

test('a number is found however it is written, words stay as they are', () => {
  expect(wordsOf('+420 777 123 456')).toBe('420777123456');
  expect(wordsOf('00420777123456')).toBe('420777123456');
  expect(wordsOf('777 123 456')).toBe('777123456');
  expect(wordsOf(' Jana Dvořáková ')).toBe('Jana Dvořáková');
});

test('the order goes into the address and back', () => {
  expect(sortOf({})).toEqual({ id: 'entered', descending: true });
  expect(sortOf({ sort: sortText({ id: 'wait', descending: false }) })).toEqual({ id: 'wait', descending: false });
});
