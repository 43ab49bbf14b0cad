// The web phone's rules: which leg is answered, offered anew or closed, and when the microphone is on.
// It speaks, rings and hears through the parts it is given, so it runs without a browser.
import { heard, noLine, withLeg, type Line, type PhoneLeg } from './line';
import type { FromServer, ToServer } from './protocol';
import { Audios, type LegAudio } from './audios';
import type { Leadership } from './leader';

export interface AudioHooks {
  lost: () => void;
  sound: (sound: PhoneLeg['sound']) => void;
}

export interface Parts {
  line: { get: () => Line; set: (line: Line) => void };
  openMicrophone: () => Promise<MediaStream | null>;
  releaseMicrophone: () => void;
  makeAudio: (microphone: MediaStream, hooks: AudioHooks) => LegAudio;
  lead: (force: boolean, hooks: { gained: () => void; waiting: () => void; lost: () => void }) => Leadership;
  ring: (on: boolean) => void;
  browser: () => string;
}

export class WebPhone {
  private send: (message: ToServer) => boolean = () => false;
  private leadership: Leadership | null = null;
  private isLeader = false;
  private readonly audios: Audios;

  constructor(private readonly parts: Parts) {
    this.audios = new Audios({
      openMicrophone: parts.openMicrophone,
      releaseMicrophone: parts.releaseMicrophone,
      make: (leg, microphone) =>
        parts.makeAudio(microphone, {
          lost: () => this.announce(),
          sound: (sound) => this.setLeg(leg, { sound }),
        }),
    });
  }

  get line(): Line {
    return this.parts.line.get();
  }

  get hasAudio(): boolean {
    return this.audios.any;
  }

  private change(change: Partial<Line>): void {
    this.parts.line.set({ ...this.line, ...change });
  }

  private legOf(leg: number): PhoneLeg | undefined {
    return this.line.legs.find((each) => each.leg === leg);
  }

  private setLeg(leg: number, change: Parameters<typeof withLeg>[2]): void {
    this.parts.line.set(withLeg(this.line, leg, change));
  }

  private ringIfNeeded(): void {
    this.parts.ring(this.line.legs.some((leg) => leg.state === 'ringing' && !leg.autoAnswer));
  }

  private keepAudio(which: (leg: number) => boolean): void {
    if (this.audios.keep(which) && this.line.changedTo !== null) this.change({ changedTo: null });
  }

  /// Another microphone for the calls that go on.
  useMicrophone(stream: MediaStream, label: string): void {
    if (this.audios.useMicrophone(stream)) this.change({ changedTo: label });
  }

  async answer(leg: number): Promise<void> {
    const known = this.legOf(leg);
    if (known?.state !== 'ringing' || known.offer === null) return;
    this.setLeg(leg, { state: 'answering' });
    this.ringIfNeeded();
    const audio = await this.audios.of(leg);
    const sdp = await audio?.answer(known.offer).catch(() => '');
    if (this.legOf(leg)?.state !== 'answering') return;
    if (sdp && this.send({ type: 'phone.answer', leg, sdp })) {
      this.setLeg(leg, { state: 'up' });
      return;
    }
    this.keepAudio((each) => each !== leg);
    this.setLeg(leg, { state: 'ringing' });
    this.ringIfNeeded();
  }

  private async reoffer(leg: number): Promise<void> {
    const sdp = await (await this.audios.of(leg))?.offer().catch(() => '');
    if (sdp && this.legOf(leg)) this.send({ type: 'phone.reoffer', leg, sdp });
  }

  private async reanswer(leg: number, offer: string): Promise<void> {
    const sdp = await (await this.audios.of(leg))?.answer(offer).catch(() => '');
    if (sdp && this.legOf(leg)) this.send({ type: 'phone.reanswer', leg, sdp });
  }

  private rung(leg: number): void {
    this.send({ type: 'phone.ringing', leg });
    if (this.legOf(leg)?.autoAnswer) void this.answer(leg);
  }

  /// A message of the server; only the tab that is the phone obeys it.
  hear(message: FromServer): void {
    if (!this.isLeader) return;
    if ('device' in message && message.device !== this.line.device) return;
    const wasElsewhere = this.line.status === 'elsewhere';
    this.parts.line.set(heard(this.line, message));
    switch (message.type) {
      case 'phone.started':
        // What ended while no page was there is named nowhere else than by its absence.
        this.keepAudio((leg) => this.legOf(leg) !== undefined);
        for (const leg of this.line.legs) {
          if (leg.state === 'up' && !this.audios.get(leg.leg)?.alive) void this.reoffer(leg.leg);
          if (leg.state === 'ringing') this.rung(leg.leg);
        }
        break;
      case 'phone.ring':
        this.rung(message.leg);
        break;
      case 'phone.answer_now':
        void this.answer(message.leg);
        break;
      case 'phone.accepted':
        void this.audios.get(message.leg)?.accept(message.sdp);
        break;
      case 'phone.offer':
        void this.reanswer(message.leg, message.sdp);
        break;
      case 'phone.ended':
        this.keepAudio((leg) => leg !== message.leg);
        break;
      case 'phone.free':
        if (wasElsewhere) this.announce();
        break;
      case 'phone.refused':
      case 'phone.stopped':
        this.keepAudio(() => false);
        break;
    }
    this.ringIfNeeded();
  }

  /// Says to the server that this page is the phone; again after each new connection, and when a leg
  /// is lost: the server's answer lists what lives, and what has no connection here is offered anew.
  announce(force = false): void {
    const { device, status } = this.line;
    if (!device || !this.isLeader) return;
    if (status !== 'on') this.change({ status: 'starting' });
    this.send({ type: 'phone.start', device, force, browser: this.parts.browser() });
  }

  private takeTurn(force: boolean): void {
    this.leadership?.release();
    this.leadership = this.parts.lead(force, {
      gained: () => {
        this.isLeader = true;
        this.announce(force);
      },
      waiting: () => this.change({ status: 'other_tab' }),
      lost: () => {
        this.isLeader = false;
        this.change({ status: 'other_tab', legs: [] });
        this.keepAudio(() => false);
        this.ringIfNeeded();
        this.takeTurn(false);
      },
    });
  }

  start(device: string, send: (message: ToServer) => boolean): void {
    this.send = send;
    if (this.line.device === device) return;
    this.parts.line.set({ ...noLine, device, status: 'starting', microphone: this.line.microphone });
    this.keepAudio(() => false);
    this.takeTurn(false);
  }

  /// Takes the phone over from another tab, and from another browser.
  takeOver(): void {
    if (this.isLeader) this.announce(true);
    else this.takeTurn(true);
  }

  /// `tell` false: the page only forgets; the server knows already.
  stop(tell: boolean): void {
    const { device } = this.line;
    if (!device) return;
    if (tell && this.isLeader) this.send({ type: 'phone.stop', device });
    this.isLeader = false;
    this.leadership?.release();
    this.leadership = null;
    this.parts.line.set({ ...noLine, microphone: this.line.microphone });
    this.keepAudio(() => false);
    this.ringIfNeeded();
  }
}
