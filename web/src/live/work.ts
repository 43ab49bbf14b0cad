// The work list: what is offered to me, what is mine, what waits in my queues.
import type { Activity, Me } from '../api/types';
import { isMine, isOfferTo, type World } from './world';

export interface Work {
  offers: Activity[];
  mine: Activity[];
  waiting: Activity[];
}

const bySince = (a: Activity, b: Activity) => (a.since ?? '').localeCompare(b.since ?? '');

export function workOf(world: Pick<World, 'activities' | 'me'>): Work {
  const { me } = world;
  const all = Object.values(world.activities).sort(bySince);
  const queues = new Set(me?.queues.map((queue) => queue.name));
  const offers = all.filter((activity) => isOfferTo(activity, me));
  // What is offered to me waits as well, as another activity of the same call; it is shown once.
  const call = (activity: Activity) => `${activity.since ?? ''} ${activity.caller} ${activity.queue?.name ?? ''}`;
  const offered = new Set(offers.map(call));
  return {
    offers,
    mine: all.filter((activity) => activity.state !== 'ringing' && isMine(activity, me)),
    waiting: all.filter(
      (activity) =>
        activity.state === 'waiting' &&
        activity.queue !== null &&
        queues.has(activity.queue.name) &&
        !offered.has(call(activity)),
    ),
  };
}

const connected = new Set(['talking', 'hold', 'dialling']);

/// The call that the strip is about: one that is spoken, else held, else dialled.
export function callOf(mine: Activity[]): Activity | null {
  const rank = { talking: 0, dialling: 1, hold: 2 } as Record<string, number>;
  const calls = mine.filter((activity) => connected.has(activity.state));
  calls.sort((a, b) => (rank[a.state] ?? 9) - (rank[b.state] ?? 9));
  return calls[0] ?? null;
}

/// Whose number or name a card shows. For calls out the customer is who was dialled.
export function partyOf(activity: Activity): { name: string; number: string } {
  const number = activity.direction === 'out' ? activity.number : activity.caller;
  const name = activity.direction === 'out' ? activity.title : activity.caller_name;
  return { number, name: name === number ? '' : name };
}

export type Tone = 'ready' | 'ringing' | 'call' | 'wrap' | 'pause' | 'offline' | 'danger';

export interface Shown {
  key:
    | 'offline'
    | 'logged_out'
    | 'talking'
    | 'hold'
    | 'ringing'
    | 'wrap'
    | 'missed'
    | 'paused'
    | 'working'
    | 'no_device'
    | 'no_queue'
    | 'not_ready'
    | 'idle';
  tone: Tone;
  since: string | null;
  until: string | null;
}

/// What the chip says of me. The state is the server's; of "idle" its reasons say whether I am
/// ready for anything at all.
export function shownState(me: Me, connectedToServer: boolean): Shown {
  const base = { since: me.since ?? null, until: null };
  if (!connectedToServer) return { ...base, key: 'offline', tone: 'danger', since: null };
  switch (me.state) {
    case 'logged_out':
      return { ...base, key: 'logged_out', tone: 'offline' };
    case 'talking':
    case 'hold':
      return { ...base, key: me.state, tone: 'call' };
    case 'ringing':
      return { ...base, key: 'ringing', tone: 'ringing' };
    case 'working':
      return { ...base, key: 'working', tone: 'wrap' };
    case 'wrap':
      return { ...base, key: 'wrap', tone: 'wrap', until: me.pause?.until ?? null };
    case 'paused': {
      const missed = me.pause?.type === 'lajdak';
      return { ...base, key: missed ? 'missed' : 'paused', tone: 'pause' };
    }
    case 'not_ready':
      return { ...base, key: 'not_ready', tone: 'offline' };
    case 'idle': {
      const codes = new Set(me.can.receive_calls.blockers.map((blocker) => blocker.code));
      if (codes.has('no_device')) return { ...base, key: 'no_device', tone: 'danger' };
      if (me.queues.length === 0) return { ...base, key: 'no_queue', tone: 'offline' };
      return { ...base, key: 'idle', tone: 'ready' };
    }
  }
}
