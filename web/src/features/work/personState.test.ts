import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';

import type { LiveUser } from '../../api/types';
import { stateOf, stateWord } from './personState';

test('a state has the word of the chip', () => {
  const user = (more: object) => ({ state: 'idle', device_reachable: true, queues: [1], ...more }) as unknown as LiveUser;
  expect(stateOf(user({}))).toEqual({ key: 'idle', tone: 'ready' });
  expect(stateOf(user({ device_reachable: false }))).toEqual({ key: 'no_device', tone: 'danger' });
  expect(stateOf(user({ queues: [] })).key).toBe('no_queue');
  expect(stateOf(user({ queues: undefined })).key).toBe('idle');
  expect(stateOf(user({ state: 'working', pause: { type: 'custom' } })).key).toBe('working');
  expect(stateOf(user({ state: 'paused', pause: { type: 'lajdak' } })).key).toBe('missed');
});

test('a pause after a missed call is called so, another pause by its title', () => {
  const t = ((key: string) => key) as TFunction;
  const paused = (type: string, title: string) => ({ state: 'paused', pause: { type, title } }) as unknown as LiveUser;
  expect(stateWord(t, paused('lajdak', 'Lajdák'))).toBe('state.missed');
  expect(stateWord(t, paused('custom', 'Oběd'))).toBe('Oběd');
});
