import { expect, test } from 'vitest';

import { answerOf, type Explained } from './why';

const user = (title: string) => ({ name: title.toLowerCase(), title });
const decision = (rules: [string, string][]): Explained['decisions'][number] => ({
  id: 1,
  at: '2026-01-01T10:00:00Z',
  queue: 6001,
  strategy: 'leastrecent',
  chosen: [],
  candidates: rules.map(([title, rule]) => ({ user: user(title), rule, text: '' })),
});
const base: Explained = { activity: 'activities_1', interaction: 1, queue: 6001, decisions: [], offers: [] } as unknown as Explained;

test('the server has the first word', () => {
  expect(answerOf({ ...base, answer: 'Jana je nejdéle bez hovoru.' })).toEqual({ text: 'Jana je nejdéle bez hovoru.' });
});

test('else the last decision says who was chosen of how many', () => {
  const decisions = [decision([['Jan', 'paused']]), decision([['Jana', 'chosen'], ['Petr', 'eligible'], ['Jan', 'paused']])];
  expect(answerOf({ ...base, decisions })).toEqual({ key: 'chosen', who: 'Jana', free: 2, strategy: 'leastrecent' });
});

test('that nobody could be chosen is an answer as well', () => {
  expect(answerOf({ ...base, decisions: [decision([['Jan', 'paused']])] })).toMatchObject({ key: 'nobody', free: 0 });
});

test('where nothing was decided there is no answer', () => {
  expect(answerOf(base)).toBeNull();
});
