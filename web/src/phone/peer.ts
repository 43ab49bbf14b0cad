// One leg's audio: an RTCPeerConnection, the microphone towards it and an <audio> behind it.
import { isSameTransport } from './line';

export interface PeerHooks {
  /// Nothing has come for some seconds. It may come back by itself, but only on the old way through
  /// the network.
  lost: () => void;
  /// Whether audio has found a way through the network; "blocked" once it looked for one for long.
  sound: (sound: 'flows' | 'blocked') => void;
}

/// How long a way through the network is looked for before the person is told, in milliseconds.
const blockedAfter = 5000;
/// A way that was found and lost is looked for again at once; then each try waits twice as long as the
/// one before, in milliseconds. A browser that never finds one fails at once, each time.
const retryFirst = 500;
const retryMost = 8000;

export class Peer {
  private connection: RTCPeerConnection | null = null;
  private readonly audio = new Audio();
  private looking: ReturnType<typeof setTimeout> | undefined;
  private retrying: ReturnType<typeof setTimeout> | undefined;
  private retries = 0;

  constructor(
    private microphone: MediaStream,
    private readonly hooks: PeerHooks,
  ) {
    this.audio.autoplay = true;
  }

  get alive(): boolean {
    return this.connection?.connectionState === 'connected';
  }

  /// The answer to the server's offer.
  async answer(offer: string): Promise<string> {
    const known = this.connection?.remoteDescription?.sdp;
    const connection =
      this.connection && isSameTransport(known, offer) ? this.connection : this.fresh();
    await connection.setRemoteDescription({ type: 'offer', sdp: offer });
    await connection.setLocalDescription(await connection.createAnswer());
    return connection.localDescription?.sdp ?? '';
  }

  /// Our own offer for a leg that lives; the server's answer goes to `accept`.
  async offer(): Promise<string> {
    const connection = this.fresh();
    await connection.setLocalDescription(await connection.createOffer());
    return connection.localDescription?.sdp ?? '';
  }

  async accept(answer: string): Promise<void> {
    await this.connection?.setRemoteDescription({ type: 'answer', sdp: answer });
  }

  /// Goes on with another microphone; the call does not notice.
  useMicrophone(stream: MediaStream): void {
    this.microphone = stream;
    const track = stream.getAudioTracks()[0] ?? null;
    const sender = this.connection?.getSenders()[0];
    void sender?.replaceTrack(track).catch(() => {});
  }

  async setOutput(device: string): Promise<void> {
    if ('setSinkId' in this.audio) await this.audio.setSinkId(device).catch(() => {});
  }

  close(): void {
    clearTimeout(this.looking);
    clearTimeout(this.retrying);
    this.looking = undefined;
    this.connection?.close();
    this.connection = null;
    this.audio.srcObject = null;
  }

  private fresh(): RTCPeerConnection {
    clearTimeout(this.retrying);
    this.connection?.close();
    const connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    this.connection = connection;
    for (const track of this.microphone.getAudioTracks()) {
      connection.addTrack(track, this.microphone);
    }
    connection.ontrack = (event) => {
      this.audio.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      void this.audio.play().catch(() => {});
    };
    connection.onconnectionstatechange = () => {
      if (this.connection !== connection) return;
      const state = connection.connectionState;
      if (state === 'connected') this.found();
      if (state === 'disconnected' || state === 'failed') {
        this.look();
        this.retry();
      }
    };
    this.look();
    return connection;
  }

  /// From the first try on: each later one begins before the time is over.
  private look(): void {
    this.looking ??= setTimeout(() => this.hooks.sound('blocked'), blockedAfter);
  }

  private retry(): void {
    const wait = this.retries === 0 ? 0 : Math.min(retryFirst * 2 ** (this.retries - 1), retryMost);
    this.retries += 1;
    clearTimeout(this.retrying);
    if (wait === 0) this.hooks.lost();
    else this.retrying = setTimeout(() => this.hooks.lost(), wait);
  }

  private found(): void {
    this.retries = 0;
    clearTimeout(this.retrying);
    clearTimeout(this.looking);
    this.looking = undefined;
    this.hooks.sound('flows');
  }
}
