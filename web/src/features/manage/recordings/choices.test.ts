import { expect, test } from 'vitest';

import { offeredIn } from './choices';

const rows = [
  { name: 'welcome', title: 'Přivítání', built_in: true },
  { name: 'default', title: 'Výchozí hudba', built_in: true },
  { name: 'recordings_0123456789abcdef0123456789abcdef', title: 'Dovolená', built_in: false },
  { name: 'tune', title: 'Naše hudba', built_in: false },
];
const labels = (wanted: 'prompt' | 'music', among = rows) => offeredIn(among, wanted).map(({ label }) => label);

test('prompts of the system are no music, and its music is no prompt', () => {
  expect(labels('prompt')).toEqual(['Dovolená', 'Naše hudba (tune)', 'Přivítání (welcome)']);
  expect(labels('music')).toEqual(['Dovolená', 'Naše hudba (tune)', 'Výchozí hudba (default)']);
});

test('what replaces the music of the system is music only', () => {
  const replaced = [{ name: 'default', title: 'Naše', built_in: false }];
  expect(labels('prompt', replaced)).toEqual([]);
  expect(labels('music', replaced)).toEqual(['Naše (default)']);
});
