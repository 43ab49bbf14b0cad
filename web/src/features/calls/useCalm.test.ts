import { expect, test } from 'vitest';

import { calm } from './useCalm';

const key = (row: { id: number }) => row.id;

test('the first answer is shown as it is', () => {
  expect(calm(null, [{ id: 1 }], key)).toEqual({ rows: [{ id: 1 }], waiting: 0 });
});

test('rows change in place, new ones wait, none goes', () => {
  const kept = [{ id: 2, talk: 0 }, { id: 1, talk: 5 }];
  const fresh = [{ id: 3, talk: 0 }, { id: 2, talk: 9 }];
  expect(calm(kept, fresh, key)).toEqual({ rows: [{ id: 2, talk: 9 }, { id: 1, talk: 5 }], waiting: 1 });
});
