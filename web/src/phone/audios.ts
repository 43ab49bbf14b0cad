// The audio of each leg, made when it is first needed and closed with it; the microphone is on for as long
// as there is any.

/// One leg's audio, as peer.ts makes it.
export interface LegAudio {
  readonly alive: boolean;
  answer: (offer: string) => Promise<string>;
  offer: () => Promise<string>;
  accept: (answer: string) => Promise<void>;
  useMicrophone: (stream: MediaStream) => void;
  close: () => void;
}

export interface AudioParts {
  openMicrophone: () => Promise<MediaStream | null>;
  releaseMicrophone: () => void;
  make: (leg: number, microphone: MediaStream) => LegAudio;
}

export class Audios {
  /// By leg. A promise, so that who asks twice for one leg gets the same audio.
  private readonly wanted = new Map<number, Promise<LegAudio | null>>();
  private readonly made = new Map<number, LegAudio>();

  constructor(private readonly parts: AudioParts) {}

  /// Whether a call has audio here, or is about to.
  get any(): boolean {
    return this.wanted.size > 0;
  }

  /// What is there already.
  get(leg: number): LegAudio | undefined {
    return this.made.get(leg);
  }

  /// Null without a microphone, and when the leg was closed while the browser asked for it.
  of(leg: number): Promise<LegAudio | null> {
    const known = this.wanted.get(leg);
    if (known) return known;
    const coming: Promise<LegAudio | null> = this.parts.openMicrophone().then((microphone) => {
      // Meanwhile the call may have ended, and another leg's audio may have begun under this number.
      if (this.wanted.get(leg) !== coming) return null;
      if (!microphone) {
        this.keep((each) => each !== leg);
        return null;
      }
      const audio = this.parts.make(leg, microphone);
      this.made.set(leg, audio);
      return audio;
    });
    this.wanted.set(leg, coming);
    return coming;
  }

  /// Closes all others; the microphone goes off with the last. True when none is left.
  keep(which: (leg: number) => boolean): boolean {
    for (const leg of [...this.wanted.keys()]) {
      if (which(leg)) continue;
      this.wanted.delete(leg);
      this.made.get(leg)?.close();
      this.made.delete(leg);
    }
    if (!this.any) this.parts.releaseMicrophone();
    return !this.any;
  }

  /// Another microphone for all of them; false when there are none.
  useMicrophone(stream: MediaStream): boolean {
    this.made.forEach((audio) => audio.useMicrophone(stream));
    return this.made.size > 0;
  }
}
