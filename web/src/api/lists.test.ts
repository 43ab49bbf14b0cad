import { expect, test } from 'vitest';

import { conditionsOf, readable } from './lists';

const link =
  '/api/live/lists/interactions?filter[0][field]=queue&filter[0][operator]=eq&filter[0][value]=6001' +
  '&filter[1][field]=entered&filter[1][operator]=gte&filter[1][value]=1795780800000000' +
  '&filter[2][field]=entered&filter[2][operator]=lt&filter[2][value]=1795867200000000' +
  '&filter[3][field]=result&filter[3][operator]=in&filter[3][value][0]=abandoned&filter[3][value][1]=timed_out';

test('a link of the server becomes an address that people can read, and means the same again', () => {
  const list = readable(link);
  expect(list).toEqual({
    rows: 'interactions',
    queue: '6001',
    from: '2026-11-27T12:00:00.000Z',
    to: '2026-11-28T12:00:00.000Z',
    result: 'abandoned,timed_out',
  });
  expect(conditionsOf(list!)).toEqual({
    model: 'interactions',
    filter: [
      { field: 'entered', operator: 'gte', value: '1795780800000000' },
      { field: 'entered', operator: 'lt', value: '1795867200000000' },
      { field: 'queue', operator: 'eq', value: '6001' },
      { field: 'result', operator: 'in', value: ['abandoned', 'timed_out'] },
    ],
  });
});

test('a person is named, not numbered; what is not equal keeps its sign', () => {
  const offers = '/api/live/lists/offers?filter[0][field]=user&filter[0][operator]=eq&filter[0][value]=3';
  expect(readable(offers, 'jana')).toEqual({ rows: 'offers', user: 'jana' });
  const work = '/api/live/lists/activities?filter[0][field]=user&filter[0][operator]=neq&filter[0][value]=0';
  expect(readable(work, 'jana')).toEqual({ rows: 'activities', user: '!0' });
  expect(conditionsOf({ rows: 'activities', user: '!0', call: '7', figure: 'x', page: '2' })?.filter).toEqual([
    { field: 'user', operator: 'neq', value: '0' },
  ]);
});

test('only lists of the server are followed', () => {
  expect(readable('https://elsewhere/api/live/lists/offers')).toBeNull();
  expect(readable('/api/v6/users')).toBeNull();
  expect(conditionsOf({ rows: 'secrets' })).toBeNull();
});
