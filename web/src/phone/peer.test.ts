import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Peer } from './peer';

/// A connection that goes where the test says.
class Connection {
  static made: Connection[] = [];
  connectionState = 'new';
  onconnectionstatechange: (() => void) | null = null;
  localDescription = { sdp: 'offer' };
  constructor() {
    Connection.made.push(this);
  }
  addTrack(): void {}
  close(): void {}
  createOffer(): Promise<object> {
    return Promise.resolve({});
  }
  setLocalDescription(): Promise<void> {
    return Promise.resolve();
  }
  becomes(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  Connection.made = [];
  vi.stubGlobal('RTCPeerConnection', Connection);
  vi.stubGlobal('Audio', class {});
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a way that is never found is looked for less and less often', async () => {
  const microphone = { getAudioTracks: () => [] } as unknown as MediaStream;
  let tries = 0;
  const peer = new Peer(microphone, {
    lost: () => {
      tries += 1;
      void peer.offer().then(() => Connection.made.at(-1)?.becomes('failed'));
    },
    sound: () => {},
  });
  await peer.offer();
  Connection.made[0]?.becomes('failed');
  expect(tries).toBe(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(8);

  // Once it is found, the next loss is mended at once again.
  await vi.advanceTimersByTimeAsync(8000);
  const before = tries;
  Connection.made.at(-1)?.becomes('connected');
  Connection.made.at(-1)?.becomes('failed');
  expect(tries).toBe(before + 1);
  peer.close();
});
