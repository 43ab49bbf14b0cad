import { expect, test } from 'vitest';

import type { StatRow } from '../../api/types';
import cs from '../../i18n/cs/statistics.json';
import en from '../../i18n/en/statistics.json';
import { byTime, grouped, summed, userFigures, valueOf } from './figures';

const row = (more: Record<string, unknown>): StatRow => ({ from: '2026-01-01T00:00:00Z', to: '', links: {}, ...more });

test('ratios of a sum are weighted: a small queue counts for little', () => {
  const large = row({ total: 100, answered: 90, in_time: 90, early: 0, waiting: 0, wait_answered: 900, service_level: 0.9 });
  const small = row({ total: 2, answered: 0, in_time: 0, early: 2, waiting: 0, wait_answered: 0, service_level: null });
  const sum = summed([large, small]);
  expect(sum.total).toBe(102);
  expect(sum.service_level).toBeCloseTo(0.9);
  expect(sum.answer_rate).toBeCloseTo(90 / 102);
  expect(sum.asa).toBe(10);
});

test('the longest wait of a sum is the longest', () => {
  expect(summed([row({ wait_max: 5 }), row({ wait_max: 9 }), row({ wait_max: 2 })]).wait_max).toBe(9);
});

test('where there is nothing to divide by there is no ratio', () => {
  const sum = summed([row({ total: 1, waiting: 1, answered: 0, early: 0, in_time: 0 })]);
  expect([sum.service_level, sum.asa, sum.aht, sum.occupancy]).toEqual([null, null, null, null]);
});

test('people are added up by their own times', () => {
  const jan = row({ user: { name: 'jan', title: 'Jan' }, connected: 1, activity_talk: 60, logged_in_time: 3600, talking_time: 900 });
  const eva = row({ user: { name: 'eva', title: 'Eva' }, connected: 3, activity_talk: 60, logged_in_time: 3600, paused_paid_time: 3600 });
  expect(summed([jan, eva]).aht).toBe(30);
  expect(summed([jan, eva]).occupancy).toBe(0.25);
});

test('the states of a person have a column each and come to the time logged in', () => {
  const names = userFigures.map(({ name }) => name as string);
  const states = names.slice(names.indexOf('logged_in_time') + 1, names.indexOf('occupancy'));
  expect([...states].sort()).toEqual(
    ['hold', 'idle', 'not_ready', 'paused_paid', 'paused_unpaid', 'ringing', 'talking', 'working', 'wrap'].map((state) => `${state}_time`),
  );
  const jan = row({ user: { name: 'jan', title: 'Jan' }, logged_in_time: 45, ...Object.fromEntries(states.map((state, i) => [state, i + 1])) });
  expect(states.reduce((all, state) => all + (valueOf(summed([jan]), state) ?? 0), 0)).toBe(45);
});

test('what occupancy is said to be is what it is', () => {
  const parts = ['ringing_time', 'talking_time', 'hold_time', 'wrap_time'];
  for (const part of parts) expect(summed([row({ user: { name: 'jan', title: 'Jan' }, logged_in_time: 4, [part]: 1 })]).occupancy).toBe(0.25);
  expect(en.stats.about.occupancy).toBe('(ringing + talking + hold + wrap-up) ÷ (logged in − paid pauses)');
  expect(cs.stats.about.occupancy).toBe('(zvonění + hovor + podržení + čas na zotavení) ÷ (přihlášení − placené pauzy)');
});

test('rows of one queue stand together, in the order of time', () => {
  const rows = ['b 1', 'a 2', 'b 0', 'a 1'].map((text) => {
    const [title = '', hour] = text.split(' ');
    return row({ queue: { name: title.charCodeAt(0), title, type: 'in' }, from: `2026-01-01T0${hour}:00:00Z` });
  });
  expect(grouped(rows).map((each) => `${each.queue?.title} ${each.from.slice(12, 13)}`)).toEqual(['a 1', 'a 2', 'b 0', 'b 1']);
});

test('queues are added up for each stretch of time', () => {
  const rows = ['2', '1', '2'].map((hour) => row({ from: `0${hour}`, answered: 3, unanswered: 1 }));
  expect(byTime(rows)).toEqual([
    { from: '01', answered: 3, unanswered: 1 },
    { from: '02', answered: 6, unanswered: 2 },
  ]);
});
