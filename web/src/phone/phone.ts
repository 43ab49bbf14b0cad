// The web phone: keeps the line's state, answers the server, and owns each leg's audio.
// It hears and speaks through two functions, so it knows nothing of sockets.
import { create } from 'zustand';

import { lead, type Leadership } from './leader';
import { heard, noLine, withState, type Line } from './line';
import { Peer } from './peer';
import type { FromServer, ToServer } from './protocol';
import { browserName } from './browser';
import { startRinging, stopRinging } from './ring';
import { audioChoice } from './choice';

export const usePhone = create<Line>(() => noLine);

let send: (message: ToServer) => boolean = () => false;
let leadership: Leadership | null = null;
let isLeader = false;
let microphone: MediaStream | null = null;
const peers = new Map<number, Peer>();

const get = usePhone.getState;
const set = (change: Partial<Line>) => usePhone.setState(change);
const legOf = (leg: number) => get().legs.find((each) => each.leg === leg);

function ringIfNeeded(): void {
  const rings = get().legs.some((leg) => leg.state === 'ringing' && !leg.autoAnswer);
  if (rings) startRinging(audioChoice().ringVolume);
  else stopRinging();
}

function closePeers(): void {
  peers.forEach((peer) => peer.close());
  peers.clear();
  microphone?.getTracks().forEach((track) => track.stop());
  microphone = null;
}

/// Asks for the microphone when it is not held yet; says in the state how that went.
export async function openMicrophone(): Promise<MediaStream | null> {
  if (microphone?.active) return microphone;
  const { microphone: device } = audioChoice();
  try {
    microphone = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, ...(device && { deviceId: device }) },
    });
    set({ microphone: 'allowed' });
  } catch (error) {
    const denied = error instanceof DOMException && error.name === 'NotAllowedError';
    set({ microphone: denied ? 'denied' : 'missing' });
    microphone = null;
  }
  return microphone;
}

async function peerOf(leg: number): Promise<Peer | null> {
  const known = peers.get(leg);
  if (known) return known;
  const stream = await openMicrophone();
  if (!stream || !legOf(leg)) return null;
  const peer = new Peer(stream, { lost: () => announce() });
  peers.set(leg, peer);
  await peer.setOutput(audioChoice().output);
  return peer;
}

export async function answerLeg(leg: number): Promise<void> {
  const known = legOf(leg);
  if (!known || known.state !== 'ringing' || known.offer === null) return;
  usePhone.setState(withState(get(), leg, 'answering'));
  ringIfNeeded();
  try {
    const sdp = await (await peerOf(leg))?.answer(known.offer);
    if (!sdp) throw new Error('no microphone');
    send({ type: 'phone.answer', leg, sdp });
    usePhone.setState(withState(get(), leg, 'up'));
  } catch {
    usePhone.setState(withState(get(), leg, 'ringing'));
    ringIfNeeded();
  }
}

async function reoffer(leg: number): Promise<void> {
  const sdp = await (await peerOf(leg))?.offer().catch(() => null);
  if (sdp) send({ type: 'phone.reoffer', leg, sdp });
}

async function reanswer(leg: number, offer: string): Promise<void> {
  const sdp = await (await peerOf(leg))?.answer(offer).catch(() => null);
  if (sdp) send({ type: 'phone.reanswer', leg, sdp });
}

export const rejectLeg = (leg: number): void => void send({ type: 'phone.reject', leg });
export const hangUpLeg = (leg: number): void => void send({ type: 'phone.hangup', leg });

/// A message of the server; only the tab that is the phone obeys it.
export function hearServer(message: FromServer): void {
  if (!isLeader) return;
  if ('device' in message && message.device !== get().device) return;
  usePhone.setState(heard(get(), message));
  switch (message.type) {
    case 'phone.started':
      for (const leg of get().legs) {
        if (leg.state === 'up' && !peers.get(leg.leg)?.alive) void reoffer(leg.leg);
        if (leg.state === 'ringing') rung(leg.leg);
      }
      break;
    case 'phone.ring':
      rung(message.leg);
      break;
    case 'phone.answer_now':
      void answerLeg(message.leg);
      break;
    case 'phone.accepted':
      void peers.get(message.leg)?.accept(message.sdp);
      break;
    case 'phone.offer':
      void reanswer(message.leg, message.sdp);
      break;
    case 'phone.ended':
      peers.get(message.leg)?.close();
      peers.delete(message.leg);
      if (peers.size === 0) closePeers();
      break;
    default:
      closePeers();
  }
  ringIfNeeded();
}

function rung(leg: number): void {
  send({ type: 'phone.ringing', leg });
  if (legOf(leg)?.autoAnswer) void answerLeg(leg);
}

/// Says to the server that this page is the phone; again after each new connection, and when a leg is
/// lost: the server's answer lists what lives, and what has no connection here is offered anew.
export function announce(force = false): void {
  const { device } = get();
  if (!device || !isLeader) return;
  if (get().status !== 'on') set({ status: 'starting' });
  send({ type: 'phone.start', device, force, browser: browserName() });
}

function takeTurn(force: boolean): void {
  leadership?.release();
  leadership = lead(force, {
    gained: () => {
      isLeader = true;
      announce(force);
    },
    waiting: () => set({ status: 'other_tab' }),
    lost: () => {
      isLeader = false;
      closePeers();
      set({ status: 'other_tab', legs: [] });
      ringIfNeeded();
      takeTurn(false);
    },
  });
}

export function startPhone(device: string, sender: (message: ToServer) => boolean): void {
  send = sender;
  if (get().device === device) return;
  set({ ...noLine, device, status: 'starting', microphone: get().microphone });
  takeTurn(false);
}

/// Takes the phone over from another tab, and from another browser.
export function takePhoneOver(): void {
  if (isLeader) announce(true);
  else takeTurn(true);
}

/// `tell` false: the page only forgets; the server knows already.
export function stopPhone(tell: boolean): void {
  const { device } = get();
  if (!device) return;
  if (tell && isLeader) send({ type: 'phone.stop', device });
  isLeader = false;
  leadership?.release();
  leadership = null;
  closePeers();
  usePhone.setState({ ...noLine, microphone: get().microphone });
  ringIfNeeded();
}
