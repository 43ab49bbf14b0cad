import { expect, test } from 'vitest';

import { errorOf } from './errors';
import { listParams } from './v6';

test('a refusal brings its blockers', () => {
  const blocker = { code: 'no_device', text: 'a', fix: 'b', subjects: [] };
  const error = errorOf(409, { error: { code: 'no_device', text: 'a', blockers: [blocker] } });
  expect(error).toMatchObject({ status: 409, code: 'no_device', message: 'a', blockers: [blocker] });
});

test('a form brings its fields, nested ones with a dot', () => {
  const error = errorOf(400, { error: { form: { title: ['Chybí'], options: { ringtime: 'Moc' } } } });
  expect(error.fields).toEqual({ title: 'Chybí', 'options.ringtime': 'Moc' });
});

test('a list of texts, one text, or nothing at all', () => {
  expect(errorOf(404, { error: ['Objekt neexistuje'] }).message).toBe('Objekt neexistuje');
  expect(errorOf(500, { error: 'x' }).message).toBe('x');
  expect(errorOf(0, null)).toMatchObject({ status: 0, code: 'offline' });
  expect(errorOf(429, null, 4).retryAfter).toBe(4);
});

test('a list is asked for in brackets', () => {
  const text = decodeURIComponent(
    listParams({
      filter: [{ field: 'id', operator: 'in', value: ['1', '2'] }],
      sort: [{ field: 'id', dir: 'desc' }],
      take: 5,
    }),
  );
  expect(text).toBe(
    'filter[0][field]=id&filter[0][operator]=in&filter[0][value][0]=1&filter[0][value][1]=2&sort[0][field]=id&sort[0][dir]=desc&take=5',
  );
});
