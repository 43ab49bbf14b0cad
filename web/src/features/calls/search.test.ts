import { expect, test } from 'vitest';

import { listParams } from '../../api/v6';
import { isFiltered, queryOf, readSearch } from './search';

test('an address gives only what it can mean', () => {
  expect(readSearch({ from: '2026-01-02', to: 'yesterday', direction: 'up', page: '0', queue: 6001 })).toEqual({
    from: '2026-01-02',
    queue: '6001',
  });
});

test('a page and an open call are no filter', () => {
  expect(isFiltered(readSearch({ page: 3, call: 'activitiesCall_1' }))).toBe(false);
  expect(isFiltered(readSearch({ answered: 'no' }))).toBe(true);
});

test('the question has whole days and a plain number', () => {
  const query = queryOf({ from: '2026-01-02', to: '2026-01-03', number: '+420 777', page: 2 });
  expect(query.skip).toBe(100);
  expect(query.filter).toEqual([
    { field: 'call_time', operator: 'gte', value: '2026-01-02 00:00:00' },
    { field: 'call_time', operator: 'lte', value: '2026-01-03 23:59:59' },
    { field: 'clid', operator: 'contains', value: '420777' },
  ]);
  expect(decodeURIComponent(listParams(query))).toContain('filter[2][operator]=contains');
});
