import { expect, test } from 'vitest';

import { customerOf, idIn, resultOf, standingOf, statusesOf } from './call';

const parties = { caller: '00420777123456', caller_name: 'Eva Malá', number: '226000001' };
const base = { entered: '2026-01-01T10:00:00Z', answered: null, ended: null, result: 'waiting', direction: 'in' as const };

test('a call that goes on says so, with its time', () => {
  expect(standingOf(base)).toEqual({ key: 'waiting', tone: 'ringing', since: base.entered });
  const answered = '2026-01-01T10:00:20Z';
  expect(standingOf({ ...base, answered, result: 'answered' })).toEqual({ key: 'talking', tone: 'call', since: answered });
  expect(standingOf({ ...base, direction: 'out' }).key).toBe('dialling');
});

test('a call that is over says how', () => {
  const ended = '2026-01-01T10:01:00Z';
  expect(standingOf({ ...base, ended, result: 'abandoned' })).toEqual({ key: 'result', tone: 'danger', since: null });
  expect(standingOf({ ...base, ended, result: 'busy' }).tone).toBe('offline');
  expect(resultOf({ answered: null, result: 'busy' })).toBe('busy');
});

test('the customer is the other side', () => {
  expect(customerOf({ ...parties, direction: 'in' })).toEqual({ number: '00420777123456', name: 'Eva Malá' });
  expect(customerOf({ ...parties, caller_name: 'Jan', direction: 'out' })).toEqual({ number: '226000001', name: '' });
});

test('an outcome that two people chose is shown once', () => {
  const work = { name: 'a', user: null, user_title: null, note: '', recorded: false };
  const status = { name: 'v', title: 'Vyřešeno' };
  expect(statusesOf({ activities: [{ ...work, statuses: [status] }, { ...work, statuses: [status] }] })).toEqual([status]);
});

test('a call is found by its number or its name in the API', () => {
  expect([idIn('7'), idIn('activitiesCall_12'), idIn('x')]).toEqual(['7', '12', '']);
});
