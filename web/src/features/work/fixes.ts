// Which deeds mend which blocker. The rules are the server's; here is only what its reasons lead to.
import type { Blocker, Me, MyQueue } from '../../api/types';

export type Deed =
  | { do: 'log_in' }
  | { do: 'ready' }
  | { do: 'end_pause' }
  | { do: 'device_in'; name: string; title: string }
  | { do: 'devices_out'; names: string[]; title: string }
  | { do: 'queue_in'; name: number; title: string }
  | { do: 'open'; menu: 'devices' | 'queues' }
  /// The administrator makes what there is none of.
  | { do: 'make'; what: 'queues' | 'sipDevices' };

const outbound = new Set(['out', 'outbounder', 'progressive', 'dialer', 'interviewer']);

export const isOutbound = (type: string): boolean => outbound.has(type);

const typesFor: Partial<Record<Blocker['code'], (queue: MyQueue) => boolean>> = {
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
  const devices = blocker.code === 'no_device' && me.devices.length + me.devices_available.length === 0;
  return devices ? 'device' : null;
}

/// The deeds to offer beside a blocker, best first; at most three and then the whole menu.
export function deedsFor(blocker: Blocker, me: Me): Deed[] {
  const lack = lackOf(blocker, me);
  if (lack !== null) {
    return me.user.access === 'admin' ? [{ do: 'make', what: lack === 'queue' ? 'queues' : 'sipDevices' }] : [];
  }
  switch (blocker.code) {
    case 'not_logged_in':
      return [{ do: 'log_in' }];
    case 'not_ready':
      return [{ do: 'ready' }];
    case 'paused':
      return [{ do: 'end_pause' }];
    case 'no_device': {
      const free = me.devices_available
        .filter((device) => device.taken_by === '' && device.type !== 'external')
        // Of two that nobody has connected yet, the page itself can become the one.
        .sort((a, b) => Number(b.reachable) - Number(a.reachable) || Number(b.type === 'web') - Number(a.type === 'web'));
      const first: Deed[] = free
        .slice(0, 2)
        .map((device) => ({ do: 'device_in', name: device.name, title: device.title }));
      return [...first, { do: 'open', menu: 'devices' }];
    }
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
