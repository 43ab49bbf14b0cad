// The push socket: opens, reads, and opens again when it is gone. It knows no meaning of messages.
import { waitBefore } from './backoff';
import { readMessage, type PushMessage } from './messages';

export interface SocketHooks {
  message: (message: PushMessage) => void;
  state: (state: 'up' | 'down', retryAt: number | null) => void;
}

/// The server pings; a page cannot see that. So it asks itself, and gives a silent line up.
const askEvery = 15_000;
const silentAfter = 35_000;

export class PushSocket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private asking: ReturnType<typeof setInterval> | undefined;
  private heard = 0;
  private wanted = false;

  constructor(private readonly hooks: SocketHooks) {}

  start(): void {
    if (this.wanted) return;
    this.wanted = true;
    addEventListener('online', this.now);
    this.open();
  }

  stop(): void {
    this.wanted = false;
    removeEventListener('online', this.now);
    clearTimeout(this.retry);
    this.drop();
  }

  /// Tries at once instead of at the next turn.
  readonly now = (): void => {
    if (!this.wanted || this.socket?.readyState === WebSocket.OPEN) return;
    clearTimeout(this.retry);
    this.drop();
    this.open();
  };

  /// False when it could not be sent.
  send(message: object): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private drop(): void {
    clearInterval(this.asking);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private open(): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/api/live/push`);
    this.socket = socket;
    this.heard = Date.now();
    socket.onmessage = (event) => {
      if (this.socket !== socket) return;
      this.heard = Date.now();
      const message = readMessage(String(event.data));
      if (!message) return;
      if (message.type === 'snapshot') {
        this.attempt = 0;
        this.hooks.state('up', null);
      }
      this.hooks.message(message);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
    clearInterval(this.asking);
    this.asking = setInterval(() => {
      if (Date.now() - this.heard > silentAfter) this.lost();
      else this.send({ type: 'ping' });
    }, askEvery);
  }

  private lost(): void {
    this.drop();
    if (!this.wanted) return;
    const wait = waitBefore(this.attempt, Math.random());
    this.attempt += 1;
    this.hooks.state('down', Date.now() + wait);
    this.retry = setTimeout(() => this.open(), wait);
  }
}
