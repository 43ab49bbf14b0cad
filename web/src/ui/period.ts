// Spans of days by name, so that an address says "today" and means it every day. Local days.
export const periodNames = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'week',
  'month',
  'last_month',
  'custom',
] as const;
export type PeriodName = (typeof periodNames)[number];

const pad = (value: number) => String(value).padStart(2, '0');

/// The local date as the API writes it.
export const isoDay = (at: Date): string => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

const day = (now: Date, days: number): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);

/// First day and the day after the last, at midnight. A custom period without an end is one day.
export function daysOf(period: PeriodName, now: Date, from?: string, to?: string): { from: Date; until: Date } {
  const monday = -((now.getDay() + 6) % 7);
  const month = (offset: number) => new Date(now.getFullYear(), now.getMonth() + offset, 1);
  switch (period) {
    case 'today':
      return { from: day(now, 0), until: day(now, 1) };
    case 'yesterday':
      return { from: day(now, -1), until: day(now, 0) };
    case 'this_week':
      return { from: day(now, monday), until: day(now, 1) };
    case 'last_week':
      return { from: day(now, monday - 7), until: day(now, monday) };
    case 'week':
      return { from: day(now, -6), until: day(now, 1) };
    case 'month':
      return { from: month(0), until: day(now, 1) };
    case 'last_month':
      return { from: month(-1), until: month(0) };
    case 'custom': {
      const first = new Date(`${from ?? isoDay(now)}T00:00:00`);
      const last = new Date(`${to ?? isoDay(first)}T00:00:00`);
      return { from: first, until: day(last < first ? first : last, 1) };
    }
  }
}

/// The same number of days just before.
export function before(span: { from: Date; until: Date }): { from: Date; until: Date } {
  const days = Math.round((span.until.getTime() - span.from.getTime()) / 86_400_000);
  return { from: day(span.from, -days), until: span.from };
}
