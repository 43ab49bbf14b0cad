// Which time statistics are of: by name, so that the address says "today" and means it every day.
export type PeriodName = 'today' | 'yesterday' | 'week' | 'month' | 'custom';
export type Step = 'none' | 'hour' | 'day';

export interface StatisticsSearch {
  of: 'queues' | 'users';
  period: PeriodName;
  step: Step;
  from?: string;
  to?: string;
}

const pad = (value: number) => String(value).padStart(2, '0');

/// The local date as the API writes it.
export const isoDay = (at: Date): string =>
  `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

const dayFrom = (now: Date, days: number) =>
  isoDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + days));

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);

const oneOf = <T extends string>(value: unknown, all: readonly T[], standard: T): T =>
  all.find((each) => each === value) ?? standard;

export function readSearch(raw: Record<string, unknown>): StatisticsSearch {
  const period = oneOf(raw.period, ['today', 'yesterday', 'week', 'month', 'custom'] as const, 'today');
  return {
    of: oneOf(raw.of, ['queues', 'users'] as const, 'queues'),
    period,
    step: oneOf(raw.step, ['none', 'hour', 'day'] as const, 'none'),
    ...(period === 'custom' && isDay(raw.from) && { from: raw.from }),
    ...(period === 'custom' && isDay(raw.to) && { to: raw.to }),
  };
}

/// The question: wall time of the reader's zone, the end not included.
export function spanOf(search: StatisticsSearch, now: Date): { from: string; to: string; step?: string } {
  const step = { none: undefined, hour: '3600', day: 'day' }[search.step];
  const span = (from: string, to: string) => ({
    from: `${from} 00:00:00`,
    to: `${to} 00:00:00`,
    step,
  });
  switch (search.period) {
    case 'yesterday':
      return span(dayFrom(now, -1), dayFrom(now, 0));
    case 'week':
      return span(dayFrom(now, -6), dayFrom(now, 1));
    case 'month':
      return span(isoDay(new Date(now.getFullYear(), now.getMonth(), 1)), dayFrom(now, 1));
    case 'custom': {
      const from = search.from ?? dayFrom(now, 0);
      const last = new Date(`${search.to ?? from}T00:00:00`);
      return span(from, isoDay(new Date(last.getFullYear(), last.getMonth(), last.getDate() + 1)));
    }
    default:
      return span(dayFrom(now, 0), dayFrom(now, 1));
  }
}
