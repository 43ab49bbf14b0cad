import { expect, test } from 'vitest';

import { isWithin, saidSpan, textOf, upTo, type Limit } from './limit';

const wrap: Limit = { of: 'number', span: { least: 5, most: 900, zero: true } };
const extension: Limit = { of: 'digits', span: { least: 2, most: 8, zero: false } };

test('both ends are included; 0 where it means none', () => {
  expect([0, 4, 5, 900, 901, 5.5, Number.NaN].map((value) => isWithin(wrap, value))).toEqual([true, false, true, true, false, false, false]);
});

test('lengths are those of what is sent', () => {
  const title: Limit = { of: 'bytes', span: upTo(4) };
  expect(['', 'abcd', 'ěš', 'ěšč'].map((text) => isWithin(title, text))).toEqual([true, true, true, false]);
  expect(['510', '5', '123456789', '51a'].map((text) => isWithin(extension, text))).toEqual([true, false, false, false]);
});

test('of the members of a ring group how long each rings', () => {
  const rings: Limit = { of: 'number', span: { least: 5, most: 300, zero: false } };
  const members = (...times: unknown[]) => times.map((ringtime) => ({ number: '510', ringtime }));
  expect([members(), members(5, 300), members(20, '5e'), members(null), members(4)].map((value) => isWithin(rings, value))).toEqual([true, true, false, false, false]);
});

test('each limit has a sentence', () => {
  expect([textOf(wrap), textOf(extension)]).toEqual(['limit_or_zero', 'limit_digits']);
  const sleep: Limit = { of: 'number', span: { least: 1, most: 60, zero: true } };
  expect([textOf(sleep), saidSpan(sleep).least]).toEqual(['limit_number', 0]);
});
