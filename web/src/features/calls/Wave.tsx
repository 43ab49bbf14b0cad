// The waveform of a recording, customer above and agent below, from peaks that the server made.
import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';

import { nonce } from '../../ui/theme';
import './wave.css';

export interface Peaks {
  duration: number;
  /// The customer's and the agent's loudest sample, 0..1, of equal parts.
  left: number[];
  right: number[];
}

const colour = (name: string) =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

export function Wave({ audio, peaks }: { audio: HTMLAudioElement; peaks: Peaks }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return undefined;
    const side = (name: string) => ({
      waveColor: colour(`--lk-wave-${name}`),
      progressColor: colour('--lk-text'),
    });
    const wave = WaveSurfer.create({
      container: box.current,
      media: audio,
      peaks: [peaks.left, peaks.right],
      duration: peaks.duration,
      height: 40,
      barWidth: 2,
      barGap: 1,
      cursorColor: colour('--lk-text'),
      splitChannels: [side('customer'), side('agent')],
      cspNonce: nonce(),
    });
    return () => wave.destroy();
  }, [audio, peaks]);
  return <div ref={box} className="lk-wave" aria-hidden />;
}
