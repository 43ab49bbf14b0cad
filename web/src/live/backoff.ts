// How long to wait before the n-th try to connect: 0.5 s doubling to 15 s, each a little
// different, so that a thousand pages do not come back in the same instant.
export function waitBefore(attempt: number, chance: number): number {
  const most = Math.min(15_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(most * (0.5 + chance / 2));
}
