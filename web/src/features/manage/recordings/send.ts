// Sends a sound to the server, which makes a system recording of it.
import { ask, send } from '../../../api/http';
import { errorOf } from '../../../api/errors';

/// The server's limit.
export const megabytesMost = 32;

export interface Sound {
  file: string;
  /// Seconds.
  duration: number;
}

export async function sendSound(sound: Blob): Promise<Sound> {
  // A token that is old is renewed by this: the server takes nothing large from who may be anybody.
  await ask('GET', '/api/v6/recordings.json?take=1');
  const answer = await send(
    new Request(new URL('/file/prompt', location.origin), {
      method: 'POST',
      headers: { 'Content-Type': sound.type.split(';')[0] || 'application/octet-stream' },
      body: sound,
    }),
  );
  const parsed: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw errorOf(answer.status, parsed);
  return parsed as Sound;
}
