// What a new company sets up, in order, and what of it is there. Plain.
import type { Row } from '../../api/v6';

export interface Counted {
  queues: Row[];
  users: Row[];
  sipDevices: Row[];
  statuses: Row[];
  pauses: Row[];
}

export type StepName = 'queue' | 'device' | 'user' | 'rights' | 'status' | 'pause';

export interface Step {
  name: StepName;
  resource: keyof Counted;
  done: boolean;
  /// Enough to take a first call without it.
  optional: boolean;
}

const has = (user: Row, of: 'queues' | 'devices') => Array.isArray(user[of]) && (user[of] as unknown[]).length > 0;

export function stepsOf({ queues, users, sipDevices, statuses, pauses }: Counted): Step[] {
  const made = pauses.filter((pause) => !pause.type); // the others came with the system
  return [
    { name: 'queue', resource: 'queues', done: queues.length > 0, optional: false },
    { name: 'device', resource: 'sipDevices', done: sipDevices.length > 0, optional: false },
    { name: 'user', resource: 'users', done: users.length > 1, optional: false },
    { name: 'rights', resource: 'users', done: users.some((user) => has(user, 'queues') && has(user, 'devices')), optional: false },
    { name: 'status', resource: 'statuses', done: statuses.length > 0, optional: true },
    { name: 'pause', resource: 'pauses', done: made.length > 0, optional: true },
  ];
}

export const isSetUp = (steps: Step[]): boolean => steps.every((step) => step.done || step.optional);
