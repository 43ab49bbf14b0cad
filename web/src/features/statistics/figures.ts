// Which figures the two tables show, in which form, and how rows are added up.
import type { StatRow } from '../../api/types';

export type Form = 'count' | 'time' | 'part';

export interface Figure<Name extends string = string> {
  name: Name;
  form: Form;
  /// Whether a sum of rows means something.
  adds: boolean;
}

const count = <N extends string>(name: N): Figure<N> => ({ name, form: 'count', adds: true });
const time = <N extends string>(name: N, adds = true): Figure<N> => ({ name, form: 'time', adds });
const part = <N extends string>(name: N): Figure<N> => ({ name, form: 'part', adds: false });

export const queueFigures = [
  count('total'),
  count('answered'),
  count('unanswered'),
  count('waiting'),
  count('abandoned'),
  count('timed_out'),
  count('in_time'),
  part('service_level'),
  part('answer_rate'),
  time('asa', false),
  time('aht', false),
  time('wait_max', false),
  time('talk'),
  time('after_work'),
] as const;

export const userFigures = [
  count('attempts'),
  count('accepted'),
  count('missed'),
  count('rejected'),
  count('withdrawn'),
  count('activities'),
  count('activities_out'),
  time('aht', false),
  time('logged_in_time'),
  time('idle_time'),
  time('ringing_time'),
  time('talking_time'),
  time('wrap_time'),
  time('paused_paid_time'),
  time('paused_unpaid_time'),
  part('occupancy'),
] as const;

export const valueOf = (row: StatRow, name: string): number | null => {
  const value = row[name];
  return typeof value === 'number' ? value : null;
};

/// The sum of what adds up; null for what does not.
export function sumOf(rows: StatRow[], figure: Figure): number | null {
  if (!figure.adds) return null;
  return rows.reduce((sum, row) => sum + (valueOf(row, figure.name) ?? 0), 0);
}

export type FigureName = (typeof queueFigures)[number]['name'] | (typeof userFigures)[number]['name'];
