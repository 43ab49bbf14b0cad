import { expect, test } from 'vitest';

import { modelOf, readSearch } from './list';

test('only the lists of the server are followed', () => {
  expect(readSearch({ link: 'https://elsewhere/api/live/lists/offers' }).link).toBe('');
  expect(readSearch({ link: '/api/v6/users' }).link).toBe('');
  expect(readSearch({ link: '/api/live/lists/offers?a=b', title: 'Zmeškané' })).toEqual({
    link: '/api/live/lists/offers?a=b',
    title: 'Zmeškané',
  });
});

test('the model is the last word of the path', () => {
  expect(modelOf('/api/live/lists/offers?filter')).toBe('offers');
  expect(modelOf('/api/live/lists/secrets')).toBe('');
});
