// The web phone of this page: the rules of webphone.ts, given the browser's microphone, audio and locks.
// It hears and speaks through two functions, so it knows nothing of sockets.
import { create } from 'zustand';

import { browserName } from './browser';
import { audioChoice } from './choice';
import { lead } from './leader';
import { noLine, type Line } from './line';
import { Microphone } from './microphone';
import { Peer } from './peer';
import type { FromServer, ToServer } from './protocol';
import { startRinging, stopRinging } from './ring';
import { WebPhone } from './webphone';

export const usePhone = create<Line>(() => noLine);

const microphone = new Microphone(
  (device) =>
    navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, ...(device && { deviceId: { exact: device } }) },
    }),
  () => audioChoice().microphone,
  {
    state: (state) => usePhone.setState({ microphone: state }),
    replaced: (stream, label) => webPhone.useMicrophone(stream, label),
  },
);

const webPhone = new WebPhone({
  line: { get: usePhone.getState, set: (line) => usePhone.setState(line, true) },
  openMicrophone: () => microphone.open(),
  releaseMicrophone: () => microphone.release(),
  makeAudio: (stream, hooks) => {
    const peer = new Peer(stream, hooks);
    void peer.setOutput(audioChoice().output);
    return peer;
  },
  lead,
  ring: (on) => (on ? startRinging(audioChoice().ringVolume) : stopRinging()),
  browser: browserName,
});

/// Asks for the microphone and says in the state how that went; leaves it on only for a call.
export async function tryMicrophone(): Promise<void> {
  await microphone.open();
  if (!webPhone.hasAudio) microphone.release();
  else microphone.retry();
}

export const answerLeg = (leg: number): Promise<void> => webPhone.answer(leg);
export const hearServer = (message: FromServer): void => webPhone.hear(message);
export const announce = (force = false): void => webPhone.announce(force);

/// What the browser already knows about the microphone, before any call asks for it.
async function learnPermission(): Promise<void> {
  const permission = await navigator.permissions?.query({ name: 'microphone' as PermissionName }).catch(() => null);
  if (!permission) return;
  const say = () => {
    const known = usePhone.getState().microphone;
    if (permission.state === 'denied') usePhone.setState({ microphone: 'denied' });
    else if (known === 'denied') usePhone.setState({ microphone: 'unknown' });
  };
  permission.addEventListener('change', say);
  say();
}

let watching = false;

export function startPhone(device: string, send: (message: ToServer) => boolean): void {
  if (!watching) {
    void learnPermission();
    navigator.mediaDevices?.addEventListener('devicechange', () => microphone.retry());
  }
  watching = true;
  webPhone.start(device, send);
}

export const stopPhone = (tell: boolean): void => webPhone.stop(tell);

/// Takes the phone over from another tab, and from another browser.
export const takePhoneOver = (): void => webPhone.takeOver();

/// Takes the phone over and waits until this page has it; false when it does not within `most` ms.
export function becomePhone(most = 3000): Promise<boolean> {
  if (usePhone.getState().status === 'on') return Promise.resolve(true);
  return new Promise((done) => {
    const end = (won: boolean) => {
      clearTimeout(late);
      unsubscribe();
      done(won);
    };
    const late = setTimeout(() => end(false), most);
    const unsubscribe = usePhone.subscribe((line) => {
      if (line.status === 'on') end(true);
    });
    takePhoneOver();
  });
}
