// To whom a call can be handed over, best first: who can take it now, then queues, then those who cannot,
// each with the state that says why.
import type { LiveQueue, LiveUser } from '../../api/types';
import { folded } from '../../ui/folded';

export interface Target {
  kind: 'person' | 'queue';
  number: string;
  title: string;
  /// Why not; null when the call would ring there.
  reason: 'no_device' | LiveUser['state'] | null;
  /// Of a queue: how many of its agents are free, and how many callers wait.
  idle: number;
  waiting: number;
}

/// What the server says of a colleague whom a call would not reach, in the words of states.
const stateOf: Record<string, Target['reason']> = {
  not_logged_in: 'logged_out',
  not_ready: 'not_ready',
  paused: 'paused',
  no_device: 'no_device',
  device_not_registered: 'no_device',
  device_failed: 'no_device',
};

function reasonOf(user: LiveUser): Target['reason'] {
  if (user.callable === true) return null;
  if (user.callable === false) return stateOf[user.call_blockers?.[0] ?? ''] ?? user.state;
  if (user.state === 'logged_out') return 'logged_out';
  if (!user.device_reachable) return 'no_device';
  return user.state === 'idle' || user.state === 'working' ? null : user.state;
}

const rank = (target: Target): number => (target.reason !== null ? 2 : target.kind === 'queue' ? 1 : 0);

/// Everybody but me, and the inbound queues.
export function targetsOf(users: LiveUser[], queues: LiveQueue[], me: string | undefined): Target[] {
  const people = users
    .filter((user) => user.name !== me && user.extension)
    .map((user): Target => ({ kind: 'person', number: user.extension, title: user.title, reason: reasonOf(user), idle: 0, waiting: 0 }));
  const lines = queues
    .filter((queue) => queue.type === 'in' && !queue.deactivated)
    .map((queue): Target => ({
      kind: 'queue',
      number: String(queue.name),
      title: queue.title,
      reason: null,
      idle: queue.idle,
      waiting: queue.waiting,
    }));
  return [...people, ...lines].sort((a, b) => rank(a) - rank(b) || a.title.localeCompare(b.title));
}

/// Those whose name or number has a word that begins with each typed word.
export function found(targets: Target[], typed: string): Target[] {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  return targets.filter(({ title, number }) => {
    const words = [...folded(title).split(/\s+/), number];
    return wanted.every((each) => words.some((word) => word.startsWith(each)));
  });
}

/// What the typed text means: a number as it stands, or the only one whom a name fits. Null: nobody yet.
export function meant(targets: Target[], typed: string): { number: string; target: Target | null } | null {
  const number = typed.replace(/[\s()/-]/g, '');
  if (/^[+*#]?[\d*#]{2,}$/.test(number)) {
    return { number, target: targets.find((target) => target.number === number) ?? null };
  }
  const fitting = typed.trim() ? found(targets, typed) : [];
  const only = fitting.length === 1 ? fitting[0] : undefined;
  return only ? { number: only.number, target: only } : null;
}
