// Which sound devices this computer's person chose, and how loud it rings. Kept in the browser.
export interface AudioChoice {
  microphone: string;
  output: string;
  ringVolume: number;
}

const key = 'linka.audio';
const standard: AudioChoice = { microphone: '', output: '', ringVolume: 0.7 };

export function audioChoice(): AudioChoice {
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as object) };
  } catch {
    return standard;
  }
}

export function chooseAudio(change: Partial<AudioChoice>): void {
  localStorage.setItem(key, JSON.stringify({ ...audioChoice(), ...change }));
}
