import { expect, test } from 'vitest';

import type { Blocker, Me, MyDevice, MyQueue } from '../../api/types';
import { deedsFor, insideBlockers, isWrap, lackOf, type Made } from './fixes';

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
const may = { sipDevices: false, queues: false, assign: false };
const all = { sipDevices: true, queues: true, assign: true };
const nothing: Made = { devices: false, queues: [], may };
const deedsOf = (about: Blocker, whom: Me, made = nothing) => deedsFor(about, whom, made);
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

test('a colleague is dialled without a queue and a line out, not without a device', () => {
  const some = (['no_outbound_queue', 'no_trunk', 'no_device'] as const).map(blocker);
  expect(insideBlockers(some).map(({ code }) => code)).toEqual(['no_device']);
});

test('wrap-up is no pause that somebody takes', () => {
  const on = (type: string) => me({ pause: { type } as Me['pause'] });
  expect(isWrap(blocker('paused'), on('wrap'))).toBe(true);
  expect(isWrap(blocker('paused'), on('custom'))).toBe(false);
  expect(isWrap(blocker('no_device'), on('wrap'))).toBe(false);
});

test('without a device the reachable ones are offered first, never a taken one', () => {
  const deeds = deedsOf(
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
  const [first] = deedsOf(
    blocker('no_device'),
    me({ devices_available: [device('330'), device('821', { type: 'web' })] }),
  );
  expect(first).toEqual({ do: 'device_in', name: '821', title: 'D821' });
});

test('with several devices the web phone is the one to keep', () => {
  const deeds = deedsOf(
    blocker('multiple_devices'),
    me({ devices: [device('330'), device('821', { type: 'web' })] }),
  );
  expect(deeds).toEqual([{ do: 'devices_out', names: ['330'], title: 'D821' }]);
});

test('a missing queue is one of its own direction', () => {
  const queues_available = [queue(6001, 'in'), queue(6002, 'out'), queue(6003, 'email')];
  expect(deedsOf(blocker('no_outbound_queue'), me({ queues_available }))).toEqual([
    { do: 'queue_in', name: 6002, title: 'Q6002' },
  ]);
  expect(deedsOf(blocker('no_chat_queue'), me({ queues_available }))).toEqual([]);
});

test('what one cannot mend oneself has no button', () => {
  expect(deedsOf(blocker('no_right'), me({}))).toEqual([]);
});

test('where there is nothing to choose, whoever may makes it and others ask for it', () => {
  const empty = me({});
  expect(lackOf(blocker('no_inbound_queue'), empty)).toBe('queue');
  const free: Made = { ...nothing, may: all };
  expect(deedsOf(blocker('no_inbound_queue'), empty, free)).toEqual([{ do: 'make', what: 'queues' }]);
  expect(deedsOf(blocker('no_device'), empty, free)).toEqual([{ do: 'make', what: 'sipDevices' }]);
  expect(deedsOf(blocker('no_inbound_queue'), empty)).toEqual([]);
  expect(deedsOf(blocker('no_device'), empty)).toEqual([]);
  expect(lackOf(blocker('not_ready'), empty)).toBeNull();
});

test('what there is already whoever may assigns to themselves', () => {
  const admin = me({});
  const made = { devices: true, queues: [{ type: 'out' }], may: all };
  expect(deedsOf(blocker('no_device'), admin, { ...made, may: { ...all, assign: false } })).toEqual([]);
  expect(deedsOf(blocker('no_device'), admin, made)).toEqual([{ do: 'assign', what: 'sipDevices' }]);
  expect(deedsOf(blocker('no_outbound_queue'), admin, made)).toEqual([{ do: 'assign', what: 'queues' }]);
  expect(deedsOf(blocker('no_inbound_queue'), admin, made)).toEqual([{ do: 'make', what: 'queues' }]);
});

test("one's own device comes before a shared one, which is offered only when it is connected", () => {
  const shared = { own: false };
  const devices_available = [device('340', shared), device('341', { ...shared, reachable: true }), device('821', { type: 'web' })];
  const offered = deedsOf(blocker('no_device'), me({ devices_available })).map((deed) => ('name' in deed ? deed.name : deed.do));
  expect(offered).toEqual(['821', '341', 'open']);
  const none = me({ devices_available: devices_available.slice(0, 1) });
  expect(lackOf(blocker('no_device'), none)).toBe('device');
  expect(deedsOf(blocker('no_device'), none)).toEqual([]);
});
