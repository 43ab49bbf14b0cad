import { expect, test } from 'vitest';

import type { Blocker, Me, MyDevice, MyQueue } from '../../api/types';
import { deedsFor, lackOf } from './fixes';

const blocker = (code: Blocker['code']): Blocker => ({ code, text: '', fix: '', subjects: [] });
const device = (name: string, more: Partial<MyDevice> = {}): MyDevice => ({
  name,
  title: `D${name}`,
  type: 'sip',
  logged_in: false,
  reachable: false,
  answers_remotely: false,
  taken_by: '',
  ...more,
});
const queue = (name: number, type: string): MyQueue => ({
  name,
  title: `Q${name}`,
  type,
  logged_in: false,
  login: 'manual',
  penalty: 0,
  waiting: 0,
});
const me = (more: Partial<Me>) =>
  ({ user: { access: 'agent' }, devices: [], devices_available: [], queues: [], queues_available: [], ...more }) as unknown as Me;

test('without a device the reachable ones are offered first, never a taken one', () => {
  const deeds = deedsFor(
    blocker('no_device'),
    me({
      devices_available: [device('330'), device('331', { taken_by: 'jana' }), device('821', { reachable: true })],
    }),
  );
  expect(deeds).toEqual([
    { do: 'device_in', name: '821', title: 'D821' },
    { do: 'device_in', name: '330', title: 'D330' },
    { do: 'open', menu: 'devices' },
  ]);
});

test('of devices that nobody has connected the web phone is offered first', () => {
  const [first] = deedsFor(
    blocker('no_device'),
    me({ devices_available: [device('330'), device('821', { type: 'web' })] }),
  );
  expect(first).toEqual({ do: 'device_in', name: '821', title: 'D821' });
});

test('with several devices the web phone is the one to keep', () => {
  const deeds = deedsFor(
    blocker('multiple_devices'),
    me({ devices: [device('330'), device('821', { type: 'web' })] }),
  );
  expect(deeds).toEqual([{ do: 'devices_out', names: ['330'], title: 'D821' }]);
});

test('a missing queue is one of its own direction', () => {
  const queues_available = [queue(6001, 'in'), queue(6002, 'out'), queue(6003, 'email')];
  expect(deedsFor(blocker('no_outbound_queue'), me({ queues_available }))).toEqual([
    { do: 'queue_in', name: 6002, title: 'Q6002' },
  ]);
  expect(deedsFor(blocker('no_chat_queue'), me({ queues_available }))).toEqual([]);
});

test('what one cannot mend oneself has no button', () => {
  expect(deedsFor(blocker('no_right'), me({}))).toEqual([]);
});

test('where there is nothing to choose, the administrator makes it and others ask for it', () => {
  const empty = me({ user: { access: 'admin' } as Me['user'] });
  const agent = { ...empty, user: { ...empty.user, access: 'agent' as const } };
  expect(lackOf(blocker('no_inbound_queue'), empty)).toBe('queue');
  expect(deedsFor(blocker('no_inbound_queue'), empty)).toEqual([{ do: 'make', what: 'queues' }]);
  expect(deedsFor(blocker('no_device'), empty)).toEqual([{ do: 'make', what: 'sipDevices' }]);
  expect(deedsFor(blocker('no_inbound_queue'), agent)).toEqual([]);
  expect(lackOf(blocker('not_ready'), empty)).toBeNull();
});
