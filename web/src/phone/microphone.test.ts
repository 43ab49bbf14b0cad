import { expect, test, vi } from 'vitest';

import { Microphone, type OpenDevice } from './microphone';

class Track extends EventTarget {
  stopped = false;
  constructor(readonly label: string) {
    super();
  }
  stop() {
    this.stopped = true;
  }
  unplug() {
    this.stopped = true;
    this.dispatchEvent(new Event('ended'));
  }
}

const streamOf = (track: Track) =>
  ({
    getTracks: () => [track],
    getAudioTracks: () => [track],
    get active() {
      return !track.stopped;
    },
  }) as unknown as MediaStream;

/// A browser whose questions are answered by hand.
function browser(chosen = '') {
  const asked: { device: string; give: (track: Track) => void; fail: (error: unknown) => void }[] = [];
  const open: OpenDevice = (device) =>
    new Promise((resolve, reject) => {
      asked.push({ device, give: (track) => resolve(streamOf(track)), fail: reject });
    });
  const hooks = { state: vi.fn(), replaced: vi.fn() };
  return { asked, hooks, microphone: new Microphone(open, () => chosen, hooks) };
}

const settled = () => new Promise((done) => setTimeout(done));

test('two who ask at once get one microphone', async () => {
  const { asked, microphone } = browser();
  const both = Promise.all([microphone.open(), microphone.open()]);
  expect(asked).toHaveLength(1);
  asked[0]!.give(new Track('a'));
  const [one, two] = await both;
  expect(one).toBe(two);
});

test('a permission given after the call is over leaves the microphone off', async () => {
  const { asked, microphone } = browser();
  const opening = microphone.open();
  microphone.release();
  const track = new Track('a');
  asked[0]!.give(track);
  expect(await opening).toBeNull();
  expect(track.stopped).toBe(true);
});

test('a microphone that is unplugged is followed by the next one, and that is said', async () => {
  const { asked, hooks, microphone } = browser('headset');
  const opening = microphone.open();
  const headset = new Track('Headset');
  asked[0]!.give(headset);
  await opening;
  headset.unplug();
  asked[1]!.fail(new Error('no such device'));
  await settled();
  expect(asked[2]!.device).toBe('');
  asked[2]!.give(new Track('Built-in'));
  await settled();
  expect(hooks.replaced).toHaveBeenCalledWith(expect.anything(), 'Built-in');
});

test('without any other it says so, and takes the next that is plugged in', async () => {
  const { asked, hooks, microphone } = browser();
  const opening = microphone.open();
  const only = new Track('only');
  asked[0]!.give(only);
  await opening;
  only.unplug();
  asked[1]!.fail(new Error('none'));
  await settled();
  expect(hooks.state).toHaveBeenLastCalledWith('missing');
  microphone.retry();
  asked[2]!.give(new Track('new'));
  await settled();
  expect(hooks.replaced).toHaveBeenCalledWith(expect.anything(), 'new');
});

test('switching off is no loss', async () => {
  const { asked, microphone } = browser();
  const opening = microphone.open();
  const track = new Track('a');
  asked[0]!.give(track);
  await opening;
  microphone.release();
  track.dispatchEvent(new Event('ended'));
  microphone.retry();
  expect(asked).toHaveLength(1);
});
