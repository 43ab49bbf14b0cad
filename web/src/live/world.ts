// What is known of the contact centre now, and how each push message changes it. Plain data.
import type { Activity, LiveQueue, LiveUser, Me, Missed } from '../api/types';
import type { PushMessage } from './messages';

export interface World {
  me: Me | null;
  users: Record<string, LiveUser>;
  queues: Record<string, LiveQueue>;
  activities: Record<string, Activity>;
  /// Offers that ended a moment ago, to say what became of them.
  ended: Record<string, EndedOffer>;
  /// Customers with whom nobody has spoken yet.
  missed: Record<string, Missed>;
}

export interface EndedOffer {
  activity: Activity;
  at: number;
}

export const nothingKnown: World = { me: null, users: {}, queues: {}, activities: {}, ended: {}, missed: {} };

const byName = <T extends { name: string | number }>(rows: T[]): Record<string, T> =>
  Object.fromEntries(rows.map((row) => [String(row.name), row]));

function without<T>(rows: Record<string, T>, name: string): Record<string, T> {
  const { [name]: _, ...rest } = rows;
  return rest;
}

export const isMine = (activity: Activity, me: Me | null): boolean =>
  me !== null && activity.user?.name === me.user.name;

export const isOfferTo = (activity: Activity, me: Me | null): boolean =>
  activity.state === 'ringing' && isMine(activity, me);

/// I hung up as soon as I had answered: the call goes back to its queue, and leaves me nothing to close.
const isReturned = (activity: Activity, me: Me | null): boolean =>
  activity.state === 'talking' && activity.direction === 'in' && activity.queue !== null && isMine(activity, me);

function gone(world: World, name: string, now: number): World {
  const activity = world.activities[name];
  if (!activity) return world;
  const ended = isOfferTo(activity, world.me) || isReturned(activity, world.me)
    ? { ...world.ended, [name]: { activity, at: now } }
    : world.ended;
  return { ...world, activities: without(world.activities, name), ended };
}

/// The world after a message; the same object when nothing changed.
export function applied(world: World, message: PushMessage, now: number): World {
  switch (message.type) {
    case 'snapshot': {
      const { me, realtime, missed = [] } = message as Extract<PushMessage, { type: 'snapshot' }>;
      return {
        me,
        users: byName(realtime.users),
        queues: byName(realtime.queues),
        activities: byName([...realtime.activities, ...me.activities]),
        ended: {},
        missed: byName(missed),
      };
    }
    case 'me': {
      const { me } = message as Extract<PushMessage, { type: 'me' }>;
      return { ...world, me, activities: { ...world.activities, ...byName(me.activities) } };
    }
    case 'user': {
      const { user } = message as Extract<PushMessage, { type: 'user' }>;
      return { ...world, users: { ...world.users, [user.name]: user } };
    }
    case 'queue': {
      const { queue } = message as Extract<PushMessage, { type: 'queue' }>;
      return { ...world, queues: { ...world.queues, [String(queue.name)]: queue } };
    }
    case 'activity': {
      const { activity } = message as Extract<PushMessage, { type: 'activity' }>;
      const ended = world.ended[activity.name] ? without(world.ended, activity.name) : world.ended;
      return { ...world, ended, activities: { ...world.activities, [activity.name]: activity } };
    }
    case 'activity_gone':
      return gone(world, String((message as { name: string }).name), now);
    case 'missed': {
      const { missed } = message as Extract<PushMessage, { type: 'missed' }>;
      return { ...world, missed: { ...world.missed, [missed.name]: missed } };
    }
    case 'missed_gone':
      return { ...world, missed: without(world.missed, String((message as { name: string }).name)) };
    default:
      return world;
  }
}

/// Forgets offers that ended more than `keep` ms ago.
export function swept(world: World, now: number, keep = 4000): World {
  const kept = Object.entries(world.ended).filter(([, offer]) => now - offer.at < keep);
  if (kept.length === Object.keys(world.ended).length) return world;
  return { ...world, ended: Object.fromEntries(kept) };
}
