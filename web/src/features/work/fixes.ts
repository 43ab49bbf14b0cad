// Which deeds mend which blocker. The rules are the server's; here is only what its reasons lead to.
import type { Blocker, Me, MyDevice } from '../../api/types';

export type Deed =
  | { do: 'log_in' }
  | { do: 'ready' }
  | { do: 'end_pause' }
  | { do: 'device_in'; name: string; title: string }
  | { do: 'devices_out'; names: string[]; title: string }
  | { do: 'queue_in'; name: number; title: string }
  | { do: 'open'; menu: 'devices' | 'queues' }
  /// Whoever may makes what there is none of, or gives it to themselves.
  | { do: 'make' | 'assign'; what: 'queues' | 'sipDevices' };

/// What there is in the company, whoever may use it, and what this person may make of what there is none of; `assign`:
/// they may give people rights.
export interface Made {
  devices: boolean;
  queues: { type: string }[];
  may: { sipDevices: boolean; queues: boolean; assign: boolean };
}

/// A colleague's extension needs no way out.
const outsideOnly = new Set<string>(['no_outbound_queue', 'no_trunk']);

/// What stands against dialling a colleague.
export const insideBlockers = (blockers: Blocker[]): Blocker[] => blockers.filter(({ code }) => !outsideOnly.has(code));

/// The pause that ends by itself.
export const isWrap = (blocker: Blocker, me: Me): boolean => blocker.code === 'paused' && me.pause?.type === 'wrap';

const outbound = new Set(['out', 'outbounder', 'progressive', 'dialer', 'interviewer']);

export const isOutbound = (type: string): boolean => outbound.has(type);

const typesFor: Partial<Record<Blocker['code'], (queue: { type: string }) => boolean>> = {
  no_inbound_queue: (queue) => queue.type === 'in',
  no_outbound_queue: (queue) => isOutbound(queue.type),
  no_email_queue: (queue) => queue.type === 'email',
  no_chat_queue: (queue) => queue.type === 'chat',
};

/// Nothing that could be chosen exists for me: saying "log in to one" would lead nowhere.
export type Lack = 'queue' | 'device';

export function lackOf(blocker: Blocker, me: Me): Lack | null {
  const fits = typesFor[blocker.code];
  if (fits) return [...me.queues, ...me.queues_available].some(fits) ? null : 'queue';
  return blocker.code === 'no_device' && ![...me.devices, ...me.devices_available].some(isOwn) ? 'device' : null;
}

const isOwn = (device: MyDevice): boolean => device.own !== false;

/// One's own first; somebody else's or a shared one only if it would ring at once.
function devicesFor(me: Me): Deed[] {
  const rank = (device: MyDevice) =>
    // Of two that nobody has connected yet, the page itself can become the one.
    4 * Number(isOwn(device)) + 2 * Number(device.reachable) + Number(device.type === 'web');
  return me.devices_available
    .filter((device) => device.taken_by === '' && device.type !== 'external' && (isOwn(device) || device.reachable))
    .sort((a, b) => rank(b) - rank(a))
    .slice(0, 2)
    .map((device) => ({ do: 'device_in', name: device.name, title: device.title }));
}

/// Nothing where this person may neither make it nor give it to themselves.
export function supplyOf(lack: Lack, blocker: Blocker, made: Made): Deed[] {
  const what = lack === 'device' ? 'sipDevices' : 'queues';
  const there = lack === 'device' ? made.devices : made.queues.some(typesFor[blocker.code] ?? (() => false));
  const may = there ? made.may.assign : made.may[what];
  return may ? [{ do: there ? 'assign' : 'make', what }] : [];
}

function mendLack(lack: Lack, blocker: Blocker, me: Me, made: Made): Deed[] {
  return [...(lack === 'device' ? devicesFor(me) : []), ...supplyOf(lack, blocker, made)];
}

/// The deeds to offer beside a blocker, best first; at most three and then the whole menu.
export function deedsFor(blocker: Blocker, me: Me, made: Made): Deed[] {
  const lack = lackOf(blocker, me);
  if (lack !== null) return mendLack(lack, blocker, me, made);
  switch (blocker.code) {
    case 'not_logged_in':
      return [{ do: 'log_in' }];
    case 'not_ready':
      return [{ do: 'ready' }];
    case 'paused':
      return [{ do: 'end_pause' }];
    case 'no_device':
      return [...devicesFor(me), { do: 'open', menu: 'devices' }];
    case 'device_not_registered':
      return [{ do: 'open', menu: 'devices' }];
    case 'multiple_devices': {
      const keep = me.devices.find((device) => device.type === 'web') ?? me.devices[0];
      const names = me.devices.filter((device) => device !== keep).map((device) => device.name);
      return keep && names.length > 0 ? [{ do: 'devices_out', names, title: keep.title }] : [];
    }
    default: {
      const fits = typesFor[blocker.code];
      if (!fits) return [];
      const queues = me.queues_available.filter(fits);
      const first: Deed[] = queues
        .slice(0, 3)
        .map((queue) => ({ do: 'queue_in', name: queue.name, title: queue.title }));
      return queues.length > 3 ? [...first, { do: 'open', menu: 'queues' }] : first;
    }
  }
}
