// The one microphone that all calls of the page share: opened when a call needs it, switched off when
// none does, and replaced when it is unplugged.

/// How the browser is asked; `device` empty means the system's choice.
export type OpenDevice = (device: string) => Promise<MediaStream>;

export interface MicrophoneHooks {
  state: (state: 'allowed' | 'denied' | 'missing') => void;
  /// Another device goes on in the middle of a call.
  replaced: (stream: MediaStream, label: string) => void;
}

const wasDenied = (error: unknown): boolean => error instanceof DOMException && error.name === 'NotAllowedError';

export class Microphone {
  private stream: MediaStream | null = null;
  private opening: Promise<MediaStream | null> | null = null;
  /// A permission that is given after nobody wants it any more opens nothing.
  private wanted = false;

  constructor(
    private readonly openDevice: OpenDevice,
    private readonly chosen: () => string,
    private readonly hooks: MicrophoneHooks,
  ) {}

  /// The stream, asked for when it is not held; null when there is none to be had. Who asks while the
  /// browser's question is still open waits for the same answer.
  open(): Promise<MediaStream | null> {
    this.wanted = true;
    if (this.stream?.active) return Promise.resolve(this.stream);
    this.opening ??= this.ask(this.chosen()).finally(() => {
      this.opening = null;
    });
    return this.opening;
  }

  /// Off, also when the answer to a question that is still open comes later.
  release(): void {
    this.wanted = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
  }

  /// After the list of devices changed: tries again when a call goes on without one.
  retry(): void {
    if (this.wanted && !this.stream?.active) void this.replace();
  }

  private async ask(device: string): Promise<MediaStream | null> {
    let stream: MediaStream;
    try {
      stream = await this.openDevice(device);
    } catch (error) {
      // A chosen device that is gone is no reason to be silent: any other will do.
      if (device && !wasDenied(error)) return this.ask('');
      this.hooks.state(wasDenied(error) ? 'denied' : 'missing');
      return null;
    }
    if (!this.wanted) {
      stream.getTracks().forEach((track) => track.stop());
      return null;
    }
    this.hooks.state('allowed');
    this.stream = stream;
    for (const track of stream.getAudioTracks()) {
      // Comes when the device is unplugged or taken away, not from `stop`.
      track.addEventListener('ended', () => {
        if (this.stream === stream) void this.replace();
      });
    }
    return stream;
  }

  private async replace(): Promise<void> {
    this.stream = null;
    const stream = await this.open();
    if (stream) this.hooks.replaced(stream, stream.getAudioTracks()[0]?.label ?? '');
  }
}
