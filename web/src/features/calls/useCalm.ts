// A list that stays as it is under the pointer while news come: rows that are shown are brought up
// to date in place, and rows that are new wait until they are asked for.
import { useState } from 'react';

export interface Calm<T> {
  rows: T[];
  /// How many rows wait to be shown.
  waiting: number;
  show: () => void;
}

/// What to show of `fresh`, when `kept` was shown. Plain.
export function calm<T>(kept: T[] | null, fresh: T[], key: (row: T) => string | number): { rows: T[]; waiting: number } {
  if (!kept) return { rows: fresh, waiting: 0 };
  const now = new Map(fresh.map((row) => [key(row), row]));
  const known = new Set(kept.map(key));
  return {
    rows: kept.map((row) => now.get(key(row)) ?? row),
    waiting: fresh.filter((row) => !known.has(key(row))).length,
  };
}

/// `question`: another one shows its answer at once. `settled`: `fresh` was asked for since the page is open; what
/// was remembered of an earlier time gives way without a press.
export function useCalm<T>(question: string, fresh: T[] | undefined, settled: boolean, key: (row: T) => string | number): Calm<T> {
  const [kept, setKept] = useState<{ question: string; rows: T[] } | null>(null);
  const same = kept?.question === question;
  if (fresh && settled && !same) setKept({ question, rows: fresh });
  const now = calm(same ? kept.rows : null, fresh ?? [], key);
  return {
    rows: fresh ? now.rows : [],
    waiting: now.waiting,
    show: () => fresh && setKept({ question, rows: fresh }),
  };
}
