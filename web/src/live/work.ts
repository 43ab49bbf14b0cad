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
  const offered = new Set(offers.map((activity) => activity.interaction));
  return {
    offers,
    mine: all.filter((activity) => activity.state !== 'ringing' && isMine(activity, me)),
    waiting: all.filter(
      (activity) =>
        activity.state === 'waiting' &&
        activity.queue !== null &&
        queues.has(activity.queue.name) &&
        !offered.has(activity.interaction),
    ),
  };
}

/// The work that has just become mine, such as a call that I answered on whatever device: it is what
/// I want to see now. What was mine before, and what comes with a snapshot, is not new.
export function newlyMine(before: World, after: World): string | null {
  if (before.activities === after.activities || before.me === null) return null;
  const found = Object.values(after.activities).find(
    (activity) =>
      isGoing(activity) && isMine(activity, after.me) && !wasMine(before, activity),
  );
  return found?.name ?? null;
}

const isGoing = (activity: Activity): boolean => connected.has(activity.state);

const wasMine = (before: World, { name }: Activity): boolean => {
  const known = before.activities[name];
  return known !== undefined && known.state !== 'ringing' && known.state !== 'waiting' && isMine(known, before.me);
};

/// What of my work the desk shows: what I chose; when I chose nothing (null), the call that goes on, else what
/// is to be closed. Postponed work waits until it is chosen. Null: the desk itself, as when I chose `theDesk`.
export function deskWork(mine: Activity[], chosen: string | null): Activity | null {
  const mean = mine.find((activity) => activity.name === chosen);
  if (mean || chosen === theDesk) return mean ?? null;
  return callOf(mine) ?? mine.find((activity) => activity.state === 'finished') ?? null;
}

/// No activity has this name.
export const theDesk = '';

/// The neighbour in the list that `step` (1 or -1) leads to; the first when nothing is chosen yet.
export function neighbour(mine: Activity[], chosen: string | null, step: 1 | -1): string | null {
  const at = mine.findIndex((activity) => activity.name === chosen);
  const next = at < 0 ? mine[0] : mine[at + step];
  return next?.name ?? chosen;
}

const connected = new Set(['talking', 'hold', 'dialling']);

/// The call that the strip is about: one that is spoken, else held, else dialled.
export function callOf(mine: Activity[]): Activity | null {
  const rank = { talking: 0, dialling: 1, hold: 2 } as Record<string, number>;
  const calls = mine.filter((activity) => connected.has(activity.state));
  calls.sort((a, b) => (rank[a.state] ?? 9) - (rank[b.state] ?? 9));
  return calls[0] ?? null;
}

/// Whose number or name a card shows. For calls out the customer is who was dialled. The title keeps
/// the name when the call itself is over.
export function partyOf(activity: Activity): { name: string; number: string } {
  // Of a call between colleagues the one who dialled has the number as title, the other a name.
  const dialled = activity.direction === 'out' || (activity.direction === 'internal' && activity.title === activity.number);
  const number = dialled ? activity.number : activity.caller;
  const name = dialled ? activity.title : activity.caller_name || activity.title;
  return { number, name: name === number ? '' : name };
}

/// Who has this extension; empty: nobody.
export const holderOf = (users: World['users'], extension: string): string =>
  (extension && Object.values(users).find((user) => user.extension === extension)?.title) || '';

/// The ways in which one telephone number may be written: with the country's code, in both forms, and
/// without it. Extensions are only themselves.
export function spellings(number: string, country = '420'): string[] {
  const plain = number.replace(/\s+/g, '').replace(/^00/, '+');
  const national = plain.startsWith(`+${country}`) ? plain.slice(country.length + 1) : plain;
  if (national.startsWith('+') || national.length < 9) return [...new Set([number, plain])];
  return [...new Set([number, national, `+${country}${national}`, `00${country}${national}`])];
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
    case 'no_device':
      return { ...base, key: 'no_device', tone: 'danger' };
    // Also a state that this page does not know yet: its reasons say whether one is ready.
    default: {
      const codes = new Set(me.can.receive_calls.blockers.map((blocker) => blocker.code));
      // A device that nothing reaches, such as a web phone whose page is closed, is none.
      if (codes.has('no_device') || codes.has('device_not_registered')) {
        return { ...base, key: 'no_device', tone: 'danger' };
      }
      if (me.queues.length === 0) return { ...base, key: 'no_queue', tone: 'offline' };
      return { ...base, key: 'idle', tone: 'ready' };
    }
  }
}
