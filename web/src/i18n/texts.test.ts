import { expect, test } from 'vitest';

import { cs as first } from './cs';
import { more } from './cs.more';
import { en as firstEnglish } from './en';
import { more as moreEnglish } from './en.more';

/// What a page of Manage has: the seldom texts added to those of the first load.
const together = (a: object, b: object): object =>
  Object.fromEntries(
    [...new Set([...Object.keys(a), ...Object.keys(b)])].map((name) => {
      const [own, other] = [a, b].map((texts) => (texts as Record<string, unknown>)[name]);
      return [name, typeof own === 'object' && typeof other === 'object' ? together(own as object, other as object) : (own ?? other)];
    }),
  );

const cs = together(first, more);
const en = together(firstEnglish, moreEnglish);

const plural = /_(one|few|many|other)$/;

function leaves(texts: object, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [[prefix + name, value] as [string, string]]
      : leaves(value as object, `${prefix}${name}.`),
  );
}

const keys = (texts: object) =>
  [...new Set(leaves(texts).map(([key]) => key.replace(plural, '')))].sort();

test('both languages have the same texts', () => {
  expect(keys(en)).toEqual(keys(cs));
});

test('no text stands in both parts', () => {
  const seldom = new Set(leaves(more).map(([key]) => key));
  expect(leaves(first).filter(([key]) => seldom.has(key))).toEqual([]);
});

test('no text is empty', () => {
  for (const [key, text] of [...leaves(cs), ...leaves(en)]) expect(text, key).not.toBe('');
});

test('both languages fill in the same places', () => {
  const places = (texts: object) =>
    new Map(
      leaves(texts).map(([key, text]) => [
        key.replace(plural, ''),
        [...new Set(text.match(/\{\{\w+\}\}/g))].filter((place) => place !== '{{count}}').sort(),
      ]),
    );
  expect(Object.fromEntries(places(en))).toEqual(Object.fromEntries(places(cs)));
});

test('plurals have all the forms of their language', () => {
  const forms = (texts: object) => {
    const found = new Map<string, Set<string>>();
    for (const [key] of leaves(texts)) {
      const form = plural.exec(key)?.[1];
      if (!form) continue;
      const base = key.replace(plural, '');
      found.set(base, (found.get(base) ?? new Set()).add(form));
    }
    return found;
  };
  for (const [key, have] of forms(cs)) expect([...have].sort(), key).toEqual(['few', 'many', 'one', 'other']);
  for (const [key, have] of forms(en)) expect([...have].sort(), key).toEqual(['one', 'other']);
});
