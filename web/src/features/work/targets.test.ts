import { expect, test } from 'vitest';

import type { LiveQueue, LiveUser } from '../../api/types';
import { found, meant, targetsOf } from './targets';

const user = (extension: string, title: string, state: LiveUser['state'], device_reachable = true) =>
  ({ name: title.toLowerCase(), title, extension, state, device_reachable }) as LiveUser;
const queue = (name: number, title: string, type = 'in') =>
  ({ name, title, type, idle: 2, waiting: 1, deactivated: false }) as unknown as LiveQueue;

const targets = targetsOf(
  [
    user('514', 'Adam Odhlášený', 'logged_out', false),
    user('513', 'Bára Bez', 'idle', false),
    user('512', 'Cyril Řehoř', 'idle'),
    user('511', 'Dana Volá', 'talking'),
    user('510', 'Já', 'talking'),
  ],
  [queue(6001, 'Podpora'), queue(6002, 'Odchozí', 'out')],
  'já',
);

test('who can take it comes first, then queues, then the others with the reason', () => {
  expect(targets.map(({ number, reason }) => [number, reason])).toEqual([
    ['512', null],
    ['6001', null],
    ['514', 'logged_out'],
    ['513', 'no_device'],
    ['511', 'talking'],
  ]);
});

test('people and queues are found by name, without accents, and by number', () => {
  expect(found(targets, 'reh').map((each) => each.number)).toEqual(['512']);
  expect(found(targets, 'podp').map((each) => each.number)).toEqual(['6001']);
  expect(found(targets, '60').map((each) => each.number)).toEqual(['6001']);
  expect(found(targets, '')).toHaveLength(5);
});

test('a name that fits one is enough, a number stands for itself', () => {
  expect(meant(targets, 'podpora')?.target?.kind).toBe('queue');
  expect(meant(targets, '777 123 456')).toEqual({ number: '777123456', target: null });
  expect(meant(targets, '511')?.target?.reason).toBe('talking');
  expect(meant(targets, 'b')?.number).toBe('513');
  expect(meant(targets, 'nobody')).toBeNull();
  expect(meant(targets, '')).toBeNull();
});

test('where the server says whom a call reaches, that counts', () => {
  const said = (callable: boolean, call_blockers: string[]) =>
    targetsOf([{ ...user('512', 'Cyril', 'talking'), callable, call_blockers } as LiveUser], [], 'já')[0]?.reason;
  expect(said(true, [])).toBeNull();
  expect(said(false, ['device_failed'])).toBe('no_device');
  expect(said(false, ['paused', 'no_device'])).toBe('paused');
  expect(said(false, ['busy'])).toBe('talking');
});
