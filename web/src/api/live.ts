// What a person does now: one function a deed, each either done or an ApiError with blockers.
import { ask, got, live } from './http';
import type { DemoBackground, Models, Outcomes, StatRow, Telephones, Why } from './types';

const activity = (name: string, verb: string, body: unknown = {}) =>
  ask<{ activity?: string }>(
    'POST',
    `/api/live/activities/${encodeURIComponent(name)}/${verb}`,
    body,
  );
const me = (verb: string, body: unknown = {}) => ask<unknown>('POST', `/api/live/me/${verb}`, body);

export const deeds = {
  logIn: () => me('login'),
  logOut: () => me('logout'),
  ready: () => me('ready'),
  unready: () => me('unready'),
  pause: (pause: string | null) => me('pause', { pause }),
  /// `take`: also what a colleague is logged in to.
  devices: (login: string[], logout: string[], take = false) =>
    me('devices', take ? { login, logout, take } : { login, logout }),
  /// Devices and queues used last, and ready.
  start: (take: boolean) => me('start', { take }),
  /// All calls to one's extension go there; null: no longer.
  forward: (number: string | null) => me('forward', { number }),
  missedDone: (name: string) => ask('POST', `/api/live/missed/${encodeURIComponent(name)}/done`, {}),
  queues: (login: number[], logout: number[]) => me('queues', { login, logout }),
  call: (number: string, queue?: number) =>
    ask<{ activity: string }>('POST', '/api/live/calls', queue ? { number, queue } : { number }),
  callMe: () => ask<{ caller_name: string; through_queue: boolean }>('POST', '/api/live/demo/call', {}),
  demoBackground: (wanted: { on?: boolean; callers_per_hour?: number }) =>
    ask<DemoBackground>('PUT', '/api/live/demo/background', wanted),
  accept: (name: string) => activity(name, 'accept'),
  reject: (name: string) => activity(name, 'reject'),
  take: (name: string) => activity(name, 'take'),
  hold: (name: string) => activity(name, 'hold'),
  resume: (name: string) => activity(name, 'resume'),
  mute: (name: string, on: boolean) => activity(name, 'mute', { on }),
  digits: (name: string, digits: string) => activity(name, 'dtmf', { digits }),
  hangUp: (name: string) => activity(name, 'hangup'),
  transfer: (name: string, mode: 'blind' | 'attended' | 'complete' | 'cancel', to = '') =>
    activity(name, 'transfer', { to, mode }),
  close: (name: string, statuses: string[], note: string) =>
    activity(name, 'close', { statuses, note }),
  /// `at` null: until it is opened.
  postpone: (name: string, at: Date | null, note: string) =>
    activity(name, 'postpone', { ...(at && { until: at.toISOString() }), ...(note && { note }) }),
  open: (name: string) => activity(name, 'open'),
};

export const demoBackground = (): Promise<DemoBackground> => got(live.GET('/api/live/demo/background'));

export const why = (name: string): Promise<Why> =>
  got(live.GET('/api/live/activities/{name}/why', { params: { path: { name } } })) as Promise<Why>;

export async function statistics(
  of: 'queues' | 'users',
  query: { from?: string; to?: string; step?: string },
): Promise<StatRow[]> {
  const params = new URLSearchParams(
    Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1])),
  );
  return (await ask<{ data: StatRow[] }>('GET', `/api/live/stats/${of}?${params}`)).data;
}

/// How often each outcome was chosen.
export function outcomes(query: { from?: string; to?: string; queue?: string; user?: string }): Promise<Outcomes> {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return ask<Outcomes>('GET', `/api/live/stats/statuses?${new URLSearchParams(given)}`);
}

/// Ends somebody's session, by a supervisor; refused with blockers while they have a call.
export const logOutUser = (name: string): Promise<unknown> =>
  ask('POST', `/api/live/users/${encodeURIComponent(name)}/logout`, {});

/// The records that this person may see, with their fields, and what they may do in each module.
export const models = (): Promise<Models> => got(live.GET('/api/live/models'));

export const telephones = (): Promise<Telephones> => got(live.GET('/api/live/telephones'));
