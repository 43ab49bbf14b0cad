import { expect, test } from 'vitest';

import { steadied } from './steady';

const rows = (...names: string[]) => names.map((name) => ({ name }));
const drawn = (shown: ReturnType<typeof steadied>) => shown.map(({ row, gone }) => (gone ? `(${row.name})` : row.name)).join(' ');

test('under the pointer nothing moves; without it the list is as it is', () => {
  let shown = steadied([], rows('a', 'b', 'c'), false);
  shown = steadied(shown, rows('b', 'c', 'new'), true);
  expect(drawn(shown)).toBe('(a) b c new');
  shown = steadied(shown, rows('c', 'new', 'a'), true);
  expect(drawn(shown)).toBe('a (b) c new');
  expect(drawn(steadied(shown, rows('c', 'new', 'a'), false))).toBe('c new a');
});
