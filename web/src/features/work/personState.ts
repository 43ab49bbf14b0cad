// The state of anybody, one word for it wherever it is said.
import type { TFunction } from 'i18next';

import type { LiveUser } from '../../api/types';
import type { Shown, Tone } from '../../live';

const tones: Record<string, Tone> = {
  talking: 'call',
  hold: 'call',
  ringing: 'ringing',
  working: 'wrap',
  wrap: 'wrap',
  paused: 'pause',
  missed: 'pause',
  no_device: 'danger',
  idle: 'ready',
};

/// The state of anybody in the words that their own chip has. Of people whose work one may not see
/// only the state itself is known.
export function stateOf(user: LiveUser): { key: Exclude<Shown['key'], 'offline'>; tone: Tone } {
  let key: Exclude<Shown['key'], 'offline'> = user.state;
  if (user.state === 'paused' && user.pause?.type === 'lajdak') key = 'missed';
  if (user.state === 'idle' && !user.device_reachable) key = 'no_device';
  else if (user.state === 'idle' && user.queues?.length === 0) key = 'no_queue';
  return { key, tone: tones[key] ?? 'offline' };
}

/// A pause has the word that the company gave it.
export function stateWord(t: TFunction, user: LiveUser): string {
  const { key } = stateOf(user);
  return key === 'paused' && user.pause ? user.pause.title : t(`state.${key}`);
}
