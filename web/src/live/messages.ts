// What comes over the push socket. Phone messages are passed on as they are.
import type { Activity, LiveQueue, LiveUser, Me, Missed, Realtime } from '../api/types';

export type PushMessage =
  | { type: 'snapshot'; seq: number; now: string; me: Me; realtime: Realtime; missed?: Missed[] }
  | { type: 'me'; me: Me }
  | { type: 'user'; user: LiveUser }
  | { type: 'queue'; queue: LiveQueue }
  | { type: 'activity'; activity: Activity }
  | { type: 'activity_gone'; name: string; reason?: string; by?: string }
  | { type: 'missed'; missed: Missed }
  | { type: 'missed_gone'; name: string }
  | { type: 'device_taken'; device: string; title: string; by: { name: string; title: string } }
  | { type: 'resync' }
  | { type: 'pong' }
  | { type: 'error'; code: string; text: string }
  | { type: `phone.${string}`; [member: string]: unknown };

/// Null for what is not a message of ours.
export function readMessage(text: string): PushMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    const isMessage =
      typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
    return isMessage ? (value as PushMessage) : null;
  } catch {
    return null;
  }
}
