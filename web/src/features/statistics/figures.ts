// Which figures the tables show, in which form, and how rows are added up. Ratios and averages of a
// sum come from its sums, never from the ratios of its rows.
import type { StatRow } from '../../api/types';

export type Form = 'count' | 'time' | 'part';

/// `label`: of the texts, where one figure reads differently in another table.
export interface Figure<Name extends string = string, Label extends string = Name> {
  name: Name;
  label: Label;
  form: Form;
}

const figure = <N extends string, L extends string = N>(form: Form, name: N, label?: L): Figure<N, L> => ({
  name,
  label: label ?? (name as unknown as L),
  form,
});

export const inboundFigures = [
  figure('count', 'total'),
  figure('count', 'answered'),
  figure('count', 'unanswered'),
  figure('count', 'waiting'),
  figure('count', 'abandoned'),
  figure('count', 'timed_out'),
  figure('count', 'in_time'),
  figure('part', 'service_level'),
  figure('part', 'answer_rate'),
  figure('time', 'asa'),
  figure('time', 'wait_max'),
  figure('time', 'aht'),
  figure('time', 'talk'),
  figure('time', 'after_work'),
] as const;

export const outboundFigures = [
  figure('count', 'total', 'total_out'),
  figure('count', 'answered', 'answered_out'),
  figure('count', 'unanswered', 'unanswered_out'),
  figure('count', 'no_answer'),
  figure('count', 'busy'),
  figure('count', 'cancelled'),
  figure('count', 'failed'),
  figure('part', 'answer_rate'),
  figure('time', 'aht'),
  figure('time', 'talk'),
  figure('time', 'after_work'),
] as const;

export const userFigures = [
  figure('count', 'attempts'),
  figure('count', 'accepted'),
  figure('count', 'missed'),
  figure('count', 'rejected'),
  figure('count', 'withdrawn'),
  figure('count', 'activities'),
  figure('count', 'activities_out'),
  figure('time', 'aht'),
  figure('time', 'logged_in_time'),
  figure('time', 'idle_time'),
  figure('time', 'ringing_time'),
  figure('time', 'talking_time'),
  figure('time', 'hold_time'),
  figure('time', 'working_time'),
  figure('time', 'wrap_time'),
  figure('time', 'paused_paid_time'),
  figure('time', 'paused_unpaid_time'),
  figure('time', 'not_ready_time'),
  figure('part', 'occupancy'),
] as const;

export type AnyFigure = (typeof inboundFigures)[number] | (typeof outboundFigures)[number] | (typeof userFigures)[number];

export const valueOf = (row: StatRow, name: string): number | null => {
  const value = row[name];
  return typeof value === 'number' ? value : null;
};

const quotient = (over: number, under: number): number | null => (under > 0 ? over / under : null);

/// One row for many: what counts and lasts is added, the longest wait is the longest, the rest
/// follows from the sums as the server reckons it for one row.
export function summed(rows: StatRow[]): StatRow {
  const sum: StatRow = { from: rows[0]?.from ?? '', to: rows.at(-1)?.to ?? '', links: {} };
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'number') continue;
      const so_far = valueOf(sum, name) ?? 0;
      sum[name] = name === 'wait_max' ? Math.max(so_far, value) : so_far + value;
    }
  }
  const of = (...names: string[]) => names.reduce((all, name) => all + (valueOf(sum, name) ?? 0), 0);
  const users = rows.some((row) => row.user !== undefined);
  sum.service_level = quotient(of('in_time'), of('total') - of('early', 'waiting'));
  sum.answer_rate = quotient(of('answered'), of('total') - of('waiting'));
  sum.asa = quotient(of('wait_answered'), of('answered'));
  sum.aht = users
    ? quotient(of('activity_before_work', 'activity_talk', 'activity_hold', 'activity_after_work'), of('connected'))
    : quotient(of('before_work', 'talk', 'hold', 'after_work'), of('answered'));
  sum.occupancy = quotient(
    of('ringing_time', 'talking_time', 'hold_time', 'wrap_time'),
    of('logged_in_time') - of('paused_paid_time'),
  );
  return sum;
}

/// Rows of one queue or person together, in the order of time.
export function grouped(rows: StatRow[]): StatRow[] {
  const owner = (row: StatRow) => row.queue?.title ?? row.user?.title ?? '';
  const id = (row: StatRow) => String(row.queue?.name ?? row.user?.name ?? '');
  return [...rows].sort(
    (a, b) => owner(a).localeCompare(owner(b)) || id(a).localeCompare(id(b)) || a.from.localeCompare(b.from),
  );
}

export interface Bar {
  from: string;
  answered: number;
  unanswered: number;
}

/// What all queues had in each stretch of time, in order.
export function byTime(rows: StatRow[]): Bar[] {
  const bars = new Map<string, Bar>();
  for (const row of rows) {
    const bar = bars.get(row.from) ?? { from: row.from, answered: 0, unanswered: 0 };
    bar.answered += valueOf(row, 'answered') ?? 0;
    bar.unanswered += valueOf(row, 'unanswered') ?? 0;
    bars.set(row.from, bar);
  }
  return [...bars.values()].sort((a, b) => a.from.localeCompare(b.from));
}
