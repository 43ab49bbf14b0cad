// A list that does not move while somebody aims at it: what is gone keeps its place until the pointer
// leaves, what is new comes last.
import { useRef } from 'react';

export interface Steady<T> {
  row: T;
  gone: boolean;
}

/// The rows to show next. `held`: somebody points at the list or has the focus in it.
export function steadied<T extends { name: string }>(shown: Steady<T>[], rows: T[], held: boolean): Steady<T>[] {
  if (!held) return rows.map((row) => ({ row, gone: false }));
  const now = new Map(rows.map((row) => [row.name, row]));
  const kept = shown.map(({ row }) => {
    const fresh = now.get(row.name);
    now.delete(row.name);
    return { row: fresh ?? row, gone: fresh === undefined };
  });
  return [...kept, ...[...now.values()].map((row) => ({ row, gone: false }))];
}

export function useSteady<T extends { name: string }>(rows: T[], held: boolean): Steady<T>[] {
  const shown = useRef<Steady<T>[]>([]);
  shown.current = steadied(shown.current, rows, held);
  return shown.current;
}
