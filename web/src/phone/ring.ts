// The ring tone, made by the browser: no sound file to load. Sound may begin only after the person
// has clicked or typed something; until then `blocked` says so.
let context: AudioContext | null = null;
let stop: (() => void) | null = null;

function audio(): AudioContext {
  context ??= new AudioContext();
  return context;
}

/// Lets sound begin; to be called from a click or a key.
export async function unlockSound(): Promise<void> {
  if (audio().state === 'suspended') await audio().resume().catch(() => {});
}

export const soundBlocked = (): boolean => context !== null && context.state === 'suspended';

export function startRinging(volume: number): void {
  if (stop || volume <= 0) return;
  const sound = audio();
  const gain = sound.createGain();
  gain.connect(sound.destination);
  const tones = [440, 554].map((frequency) => {
    const tone = sound.createOscillator();
    tone.type = 'sine';
    tone.frequency.value = frequency;
    tone.connect(gain);
    tone.start();
    return tone;
  });
  const cadence = () => {
    const at = sound.currentTime;
    gain.gain.cancelScheduledValues(at);
    gain.gain.setValueAtTime(0, at);
    for (const start of [0, 0.6]) {
      gain.gain.linearRampToValueAtTime(volume * 0.2, at + start + 0.03);
      gain.gain.setValueAtTime(volume * 0.2, at + start + 0.4);
      gain.gain.linearRampToValueAtTime(0, at + start + 0.45);
    }
  };
  cadence();
  const timer = setInterval(cadence, 3000);
  stop = () => {
    clearInterval(timer);
    tones.forEach((tone) => tone.stop());
    gain.disconnect();
  };
}

export function stopRinging(): void {
  stop?.();
  stop = null;
}
