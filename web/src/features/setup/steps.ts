// What a new company sets up, in order, and what of it is there. Plain.
import type { Me } from '../../api/types';
import type { Row } from '../../api/v6';

export interface Counted {
  queues: Row[];
  users: Row[];
  sipDevices: Row[];
  statuses: Row[];
  pauses: Row[];
}

export type StepName = 'queue' | 'device' | 'user' | 'rights' | 'headset' | 'shift' | 'status' | 'pause';

/// Where it is done: a form or a list of Manage, or another page.
export type Place = { resource: keyof Counted; edit?: string } | { to: '/settings' | '/' };

export interface Step {
  name: StepName;
  place: Place;
  done: boolean;
  /// Enough to take a first call without it.
  optional: boolean;
}

const has = (user: Row, of: 'queues' | 'devices') => Array.isArray(user[of]) && (user[of] as unknown[]).length > 0;
const canWork = (user: Row) => has(user, 'queues') && has(user, 'devices');

export function stepsOf({ queues, users, sipDevices, statuses, pauses }: Counted, me: Pick<Me, 'devices' | 'ready'>): Step[] {
  const made = pauses.filter((pause) => !pause.type); // the others came with the system
  const add = '+';
  // Whom the administrator added comes before the administrator, who may never take a call.
  const without = [...users].reverse().find((user) => user.type !== 'BO' && !canWork(user));
  return [
    { name: 'queue', place: { resource: 'queues', edit: add }, done: queues.length > 0, optional: false },
    { name: 'device', place: { resource: 'sipDevices', edit: add }, done: sipDevices.length > 0, optional: false },
    { name: 'user', place: { resource: 'users', edit: add }, done: users.length > 1, optional: false },
    {
      name: 'rights',
      place: { resource: 'users', edit: without && String(without.name) },
      done: users.some(canWork),
      optional: false,
    },
    { name: 'status', place: { resource: 'statuses', edit: add }, done: statuses.length > 0, optional: true },
    { name: 'pause', place: { resource: 'pauses', edit: add }, done: made.length > 0, optional: true },
    { name: 'headset', place: { to: '/settings' }, done: me.devices.length > 0, optional: true },
    { name: 'shift', place: { to: '/' }, done: me.ready, optional: true },
  ];
}

export const isSetUp = (steps: Step[]): boolean => steps.every((step) => step.done || step.optional);
