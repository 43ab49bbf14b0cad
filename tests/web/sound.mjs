// What a page hears. Every frame of every received audio track, and of every sound file that is played
// (its left channel), is measured as the browser decoded it, and is counted only while an audio element
// of the page plays; the figures leave the page at once, so that they outlive its reload. And the tone
// that a page's microphone gives.
import { writeFileSync } from 'node:fs';

const rate = 48_000;
/// RMS of full scale. The tones of these tests have 0.1 and more, lost packets fade to nothing.
const silentBelow = 0.01;

/// A second of a sine for Chromium's --use-file-for-fake-audio-capture, which repeats it.
export function writeTone(path, frequency) {
  const sound = Buffer.alloc(44 + rate * 2);
  sound.write('RIFF', 0);
  sound.writeUInt32LE(36 + rate * 2, 4);
  sound.write('WAVEfmt ', 8);
  sound.writeUInt32LE(16, 16);
  sound.writeUInt16LE(1, 20);
  sound.writeUInt16LE(1, 22);
  sound.writeUInt32LE(rate, 24);
  sound.writeUInt32LE(rate * 2, 28);
  sound.writeUInt16LE(2, 32);
  sound.writeUInt16LE(16, 34);
  sound.write('data', 36);
  sound.writeUInt32LE(rate * 2, 40);
  for (let i = 0; i < rate; i += 1) {
    sound.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * frequency * i) / rate)), 44 + i * 2);
  }
  writeFileSync(path, sound);
}

/// Runs in the page.
function measure() {
  const players = new Set();
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function played() {
    const isFile = !this.srcObject && !players.has(this);
    players.add(this);
    const started = play.call(this);
    if (isFile) void started.then(() => follow(this.captureStream().getAudioTracks()[0]));
    return started;
  };
  const isPlaying = () => [...players].some((each) => !each.paused && !each.muted && each.volume > 0);
  // The browser's own cleaning of speech would take a steady tone away.
  const devices = navigator.mediaDevices;
  const open = devices?.getUserMedia.bind(devices);
  if (open) {
    devices.getUserMedia = (wanted) =>
      open({ ...wanted, audio: { ...wanted.audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  }
  let frames = [];
  const flush = () => {
    if (frames.length > 0) void window.heardFrames?.(frames);
    frames = [];
  };
  setInterval(flush, 40);
  addEventListener('pagehide', flush);
  const follow = async (track) => {
    const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      const samples = new Float32Array(value.numberOfFrames);
      value.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
      let sum = 0;
      let crossings = 0;
      for (let i = 0; i < samples.length; i += 1) {
        sum += samples[i] ** 2;
        if (i > 0 && samples[i] >= 0 !== samples[i - 1] >= 0) crossings += 1;
      }
      const seconds = samples.length / value.sampleRate;
      value.close();
      frames.push([Date.now(), isPlaying() ? Math.sqrt(sum / samples.length) : 0, crossings, seconds]);
    }
  };
  window.RTCPeerConnection = class extends window.RTCPeerConnection {
    constructor(...options) {
      super(...options);
      this.addEventListener('track', ({ track }) => void follow(track));
    }
  };
}

/// Listens to every page of the context from now on.
export async function listenTo(context) {
  const frames = []; // [epoch ms, RMS, zero crossings, seconds]
  await context.exposeBinding('heardFrames', (_, more) => void frames.push(...more));
  await context.addInitScript(measure);
  const loud = () => frames.filter(([, level]) => level >= silentBelow);
  const newest = (seconds) => frames.filter(([at]) => at >= Date.now() - seconds * 1000);
  return {
    /// Until the newest half second is a tone of that many Hz.
    hears: async (frequency, seconds = 15) => {
      const end = Date.now() + seconds * 1000;
      let hz = 0;
      for (;;) {
        const recent = newest(0.5).filter(([, level]) => level >= silentBelow);
        const time = recent.reduce((sum, frame) => sum + frame[3], 0);
        hz = time > 0 ? recent.reduce((sum, frame) => sum + frame[2], 0) / time / 2 : 0;
        if (time > 0.4 && Math.abs(hz - frequency) < 0.05 * frequency) return hz;
        if (Date.now() > end) throw new Error(`after ${seconds} s not ${frequency} Hz but ${hz} in ${time} s of sound`);
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    /// Until nothing has been heard for half a second.
    hearsNothing: async (seconds = 15) => {
      const end = Date.now() + seconds * 1000;
      while (newest(0.5).some(([, level]) => level >= silentBelow)) {
        if (Date.now() > end) throw new Error(`sound for ${seconds} s`);
        await new Promise((next) => setTimeout(next, 50));
      }
    },
    /// The longest silence, in seconds, between two frames that were heard since then (epoch ms).
    silence: (since) => {
      const times = loud().map(([at]) => at).filter((at) => at >= since);
      return times.reduce((most, at, i) => (i === 0 ? 0 : Math.max(most, (at - times[i - 1]) / 1000)), 0);
    },
  };
}
