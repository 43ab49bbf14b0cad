import { expect, test } from 'vitest';

import { matching, numberIn, type Command } from './commands';

const all: Command[] = [
  { do: 'go', to: '/calls', title: 'Hovory', hint: 'Stránka' },
  { do: 'call', number: '511', title: 'Jana Dvořáková', hint: 'Zavolat 511' },
];
const titles = (typed: string) => matching(all, typed, 9).map(({ title }) => title);

test('beginnings of words find, accents do not matter', () => {
  expect(titles('dvora')).toEqual(['Jana Dvořáková']);
  expect(titles('511')).toEqual(['Jana Dvořáková']);
  expect(titles('zav jan')).toEqual(['Jana Dvořáková']);
  expect(titles('vory')).toEqual([]);
  expect(titles('')).toHaveLength(2);
});

test('a number is one however it is written', () => {
  expect(numberIn('777 123 456')).toBe('777123456');
  expect(numberIn('+420 (777) 123-456')).toBe('+420777123456');
  expect(numberIn('*170')).toBe('*170');
  expect(numberIn('jana 2')).toBe('');
  expect(numberIn('5')).toBe('');
});

test('a page is found by words that mean it, which are not shown', () => {
  const calls: Command = { do: 'go', to: '/calls', title: 'Hovory', hint: 'Stránka', words: 'historie nahrávky' };
  expect(matching([calls], 'nahr', 12)).toEqual([calls]);
  expect(matching([calls], 'trunk', 12)).toEqual([]);
});
