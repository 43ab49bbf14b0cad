import { expect, test } from 'vitest';

import { drafted } from './drafts';

test('a draft keeps what is not changed, and its neighbours', () => {
  const one = drafted({}, 'a', { note: 'x' });
  const two = drafted(one, 'b', { statuses: ['done'] });
  expect(drafted(two, 'a', { statuses: ['later'] })).toEqual({
    b: { statuses: ['done'], note: '' },
    a: { statuses: ['later'], note: 'x' },
  });
});

test('the oldest drafts go when there are many', () => {
  let drafts = {};
  for (let i = 0; i < 60; i += 1) drafts = drafted(drafts, `a${i}`, { note: String(i) });
  expect(Object.keys(drafts)).toHaveLength(50);
  expect(Object.keys(drafts)[0]).toBe('a10');
});
