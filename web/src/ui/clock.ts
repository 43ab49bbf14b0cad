// One tick a second for every timer on the page, in the server's time.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let skew = 0;
let tick = Date.now();

/// Tells the clock what time the server has now.
export function setServerTime(iso: string | null): void {
  const at = iso ? Date.parse(iso) : Number.NaN;
  if (!Number.isNaN(at)) skew = at - Date.now();
}

export const serverNow = (): number => Date.now() + skew;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    tick = Date.now();
    listeners.forEach((each) => each());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/// The server's time in milliseconds, new every second.
export function useNow(): number {
  useSyncExternalStore(subscribe, () => tick);
  return serverNow();
}
