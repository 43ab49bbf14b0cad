// Which time statistics are of, whose figures, and how they are cut, as they stand in the address.
import { daysOf, isDay, isoDay, periodNames, type PeriodName } from '../../ui/period';

export type Step = 'none' | 'hour' | 'day';
export type Of = 'queues' | 'users' | 'outcomes';

export interface StatisticsSearch {
  of: Of;
  period: PeriodName;
  step: Step;
  from?: string;
  to?: string;
  queue?: string;
  user?: string;
  compare?: boolean;
}

const oneOf = <T extends string>(value: unknown, all: readonly T[], standard: T): T =>
  all.find((each) => each === value) ?? standard;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

export function readSearch(raw: Record<string, unknown>): StatisticsSearch {
  const period = oneOf(raw.period, periodNames, 'today');
  const queue = text(raw.queue);
  const user = text(raw.user);
  return {
    of: oneOf(raw.of, ['queues', 'users', 'outcomes'] as const, 'queues'),
    period,
    step: oneOf(raw.step, ['none', 'hour', 'day'] as const, 'none'),
    ...(period === 'custom' && isDay(raw.from) && { from: raw.from }),
    ...(period === 'custom' && isDay(raw.to) && { to: raw.to }),
    ...(queue && { queue }),
    ...(user && { user }),
    ...(raw.compare === true && { compare: true }),
  };
}

export interface Question {
  from: string;
  to: string;
  step?: string;
}

/// Whole days as the server is asked for them: wall time of the reader's zone, the end not included.
export function questionOf(days: { from: Date; until: Date }, step: Step): Question {
  return {
    from: `${isoDay(days.from)} 00:00:00`,
    to: `${isoDay(days.until)} 00:00:00`,
    step: { none: undefined, hour: '3600', day: 'day' }[step],
  };
}

export const spanOf = (search: StatisticsSearch, now: Date): Question =>
  questionOf(daysOf(search.period, now, search.from, search.to), search.step);
