// The live state for React: the world, the link, and those who listen to phone messages.
import { create } from 'zustand';

import { ask } from '../api/http';
import { setServerTime } from '../ui/clock';
import type { Activity, Me } from '../api/types';
import type { PushMessage } from './messages';
import { PushSocket } from './socket';
import { holderOf, partyOf } from './work';
import { applied, nothingKnown, swept, type World } from './world';

export interface Link {
  up: boolean;
  downSince: number | null;
  retryAt: number | null;
}

interface Live extends World {
  link: Link;
}

const fresh: Live = { ...nothingKnown, link: { up: false, downSince: null, retryAt: null } };

export const useLive = create<Live>(() => fresh);

/// As partyOf; a colleague whom nobody named is named by the extension.
export function useParty(activity: Activity): { name: string; number: string } {
  const { name, number } = partyOf(activity);
  const colleague = useHolder(activity.direction === 'internal' && !name ? number : '');
  return { name: name || colleague, number };
}

export const useHolder = (extension: string): string => useLive(({ users }) => holderOf(users, extension));

export const useMe = () => useLive((live) => live.me);

type Listener = (message: PushMessage) => void;
const listeners = new Set<Listener>();

/// Hears every message after the world has it; gives what ends that.
export function onPush(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const socket = new PushSocket({
  message: (message) => {
    if (message.type === 'snapshot') {
      setServerTime((message as { now: string }).now);
    }
    useLive.setState((world) => applied(world, message, Date.now()));
    listeners.forEach((listener) => listener(message));
  },
  state: (state, retryAt) => {
    if (state === 'down' && useLive.getState().link.downSince !== null) checkSession();
    useLive.setState(({ link }) => ({
      link: {
        up: state === 'up',
        downSince: state === 'up' ? null : (link.downSince ?? Date.now()),
        retryAt,
      },
    }));
  },
});

/// Asks what I am and could do now. Pushed is what I do myself and what comes to me; that a colleague takes a
/// device which I could have taken is told to nobody else.
export async function refreshMe(): Promise<void> {
  const before = useLive.getState().me;
  const me = await ask<Me>('GET', '/api/live/me').catch(() => null);
  // What was pushed meanwhile is newer.
  if (!me || useLive.getState().me !== before) return;
  useLive.setState((world) => applied(world, { type: 'me', me }, Date.now()));
}

/// A socket does not say why it was refused. If the token is too old, an ordinary request renews it
/// or leads to the sign-in page.
function checkSession(): void {
  void ask('GET', '/api/live/me').catch(() => {});
}

let sweeper: ReturnType<typeof setInterval> | undefined;

export function startLive(): void {
  socket.start();
  sweeper ??= setInterval(() => useLive.setState((world) => swept(world, Date.now())), 1000);
}

export function stopLive(): void {
  socket.stop();
  clearInterval(sweeper);
  sweeper = undefined;
  useLive.setState(fresh, true);
}

/// After a change of language: the server's texts come anew.
export function restartLive(): void {
  socket.stop();
  socket.start();
}

export const reconnectNow = (): void => socket.now();
export const sendPush = (message: object): boolean => socket.send(message);
