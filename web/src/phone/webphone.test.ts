import { beforeEach, expect, test, vi } from 'vitest';

import { noLine, type Line } from './line';
import type { FromServer, ToServer } from './protocol';
import type { LegAudio } from './audios';
import { WebPhone, type AudioHooks } from './webphone';

interface Made extends LegAudio {
  alive: boolean;
  hooks: AudioHooks;
  closed: boolean;
  microphone: MediaStream;
}

let line: Line;
let sent: ToServer[];
let made: Made[];
let microphoneOn: boolean;
let permission: (given: boolean) => void;
let ringing: boolean;
let phone: WebPhone;

const settled = () => new Promise((done) => setTimeout(done));
const said = (type: string) => sent.filter((message) => message.type === type);
const call = (leg: number, state: 'ringing' | 'up') => ({ leg, state, caller: '1', caller_name: '', auto_answer: false, sdp: 'offer' });
const started = (...calls: ReturnType<typeof call>[]): FromServer => ({ type: 'phone.started', device: '821', calls });
const ring = (leg: number, more = {}): FromServer => ({ type: 'phone.ring', device: '821', ...call(leg, 'ringing'), ...more });

/// `answers`: the browser's question about the microphone is answered at once.
function begin(answers = true) {
  phone = new WebPhone({
    line: { get: () => line, set: (next) => (line = next) },
    openMicrophone: () => {
      if (answers) {
        microphoneOn = true;
        return Promise.resolve({} as MediaStream);
      }
      return new Promise((done) => {
        permission = (given) => {
          microphoneOn = given;
          done(given ? ({} as MediaStream) : null);
        };
      });
    },
    releaseMicrophone: () => (microphoneOn = false),
    makeAudio: (microphone, hooks) => {
      const audio: Made = {
        alive: true,
        hooks,
        closed: false,
        microphone,
        answer: () => Promise.resolve('answer'),
        offer: () => Promise.resolve('own offer'),
        accept: () => Promise.resolve(),
        useMicrophone: (next) => (audio.microphone = next),
        close: () => (audio.closed = true),
      };
      made.push(audio);
      return audio;
    },
    lead: (_force, hooks) => {
      hooks.gained();
      return { release: () => {} };
    },
    ring: (on) => (ringing = on),
    browser: () => 'b',
  });
  phone.start('821', (message) => {
    sent.push(message);
    return true;
  });
  phone.hear(started());
}

beforeEach(() => {
  line = noLine;
  sent = [];
  made = [];
  microphoneOn = false;
  ringing = false;
});

test('a call that ended while the network was away leaves no microphone on', async () => {
  begin();
  phone.hear(ring(7));
  await phone.answer(7);
  expect([microphoneOn, line.legs[0]?.state]).toEqual([true, 'up']);
  phone.hear(started());
  expect(made[0]?.closed).toBe(true);
  expect(microphoneOn).toBe(false);
});

test('of several calls only those that are gone are closed', async () => {
  begin();
  phone.hear(ring(7));
  await phone.answer(7);
  phone.hear(ring(9));
  await phone.answer(9);
  phone.hear(started(call(9, 'up')));
  expect(made.map((audio) => audio.closed)).toEqual([true, false]);
  expect(microphoneOn).toBe(true);
});

test('the caller hangs up while the browser still asks for the microphone', async () => {
  begin(false);
  phone.hear(ring(7));
  const answering = phone.answer(7);
  phone.hear({ type: 'phone.ended', leg: 7, cause: 'cancelled' });
  permission(true);
  await answering;
  expect(made).toEqual([]);
  expect(said('phone.answer')).toEqual([]);
  expect(phone.hasAudio).toBe(false);
});

test('a word of the server while the browser asks makes no second connection', async () => {
  begin(false);
  phone.hear(ring(7));
  const answering = phone.answer(7);
  phone.hear(started(call(7, 'ringing')));
  expect([line.legs[0]?.state, ringing]).toEqual(['answering', false]);
  permission(true);
  await answering;
  await settled();
  expect(made).toHaveLength(1);
  expect(said('phone.answer')).toHaveLength(1);
});

test('without a microphone the call goes on ringing', async () => {
  begin(false);
  phone.hear(ring(7));
  const answering = phone.answer(7);
  permission(false);
  await answering;
  expect([line.legs[0]?.state, ringing, phone.hasAudio]).toEqual(['ringing', true, false]);
});

test('a lost connection is offered anew once', async () => {
  begin();
  phone.hear(ring(7));
  await phone.answer(7);
  made[0]!.alive = false;
  made[0]!.hooks.lost();
  expect(said('phone.start')).toHaveLength(2);
  phone.hear(started(call(7, 'up')));
  await settled();
  expect(said('phone.reoffer')).toEqual([{ type: 'phone.reoffer', leg: 7, sdp: 'own offer' }]);
  expect(made).toHaveLength(1);
});

test('the phone comes back by itself when no other page has it any more', () => {
  begin();
  phone.hear({ type: 'phone.stopped', device: '821', code: 'taken' });
  expect(line.status).toBe('elsewhere');
  phone.hear({ type: 'phone.free', device: '821' });
  expect(said('phone.start')).toHaveLength(2);
  expect(said('phone.start')[1]).toMatchObject({ force: false });
  phone.hear(started());
  expect(line.status).toBe('on');
});

test('another microphone goes to every call, and the page says which', async () => {
  begin();
  phone.hear(ring(7));
  await phone.answer(7);
  const next = {} as MediaStream;
  phone.useMicrophone(next, 'Built-in');
  expect(made[0]?.microphone).toBe(next);
  expect(line.changedTo).toBe('Built-in');
  phone.hear({ type: 'phone.ended', leg: 7, cause: 'hangup' });
  expect([line.changedTo, microphoneOn]).toEqual([null, false]);
});

test('whether sound flows is known of each call', async () => {
  begin();
  phone.hear(ring(7));
  await phone.answer(7);
  expect(line.legs[0]?.sound).toBe('pending');
  made[0]!.hooks.sound('blocked');
  expect(line.legs[0]?.sound).toBe('blocked');
  made[0]!.hooks.sound('flows');
  expect(line.legs[0]?.sound).toBe('flows');
});

test('an auto-answered call does not ring', async () => {
  begin();
  phone.hear(ring(7, { auto_answer: true }));
  expect(ringing).toBe(false);
  await vi.waitFor(() => expect(line.legs[0]?.state).toBe('up'));
});
