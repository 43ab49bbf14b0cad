// The filters of the list of calls, as they stand in the address.
import { micros } from '../../api/lists';
import type { Leaf, ListQuery } from '../../api/v6';
import type { TableSort } from '../../ui/DataTable';
import { daysOf, isDay, periodNames, type PeriodName } from '../../ui/period';

export interface CallsSearch {
  period?: PeriodName;
  from?: string;
  to?: string;
  direction?: 'in' | 'out' | 'internal';
  result?: 'answered' | 'unanswered' | 'running';
  queue?: string;
  agent?: string;
  status?: string;
  recorded?: true;
  /// Words in numbers, names and notes.
  q?: string;
  /// A column, with a minus when descending.
  sort?: string;
  page?: number;
  call?: string;
}

export const pageSize = 100;
const sortable = ['entered', 'direction', 'caller_name', 'queue', 'result', 'wait', 'talk'];

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T | undefined =>
  all.find((each) => each === value);

/// What an address means; what it does not mean is left out.
export function readSearch(raw: Record<string, unknown>): CallsSearch {
  const page = Math.floor(Number(raw.page ?? 1));
  const from = isDay(raw.from) ? raw.from : undefined;
  const to = isDay(raw.to) ? raw.to : undefined;
  const period = oneOf(raw.period, periodNames) ?? (from || to ? 'custom' : undefined);
  const sort = text(raw.sort);
  const found: CallsSearch = {
    period,
    from: period === 'custom' ? from : undefined,
    to: period === 'custom' ? to : undefined,
    direction: oneOf(raw.direction, ['in', 'out', 'internal'] as const),
    result: oneOf(raw.result, ['answered', 'unanswered', 'running'] as const),
    queue: text(raw.queue),
    agent: text(raw.agent),
    status: text(raw.status),
    recorded: raw.recorded === true ? true : undefined,
    q: text(raw.q) ?? text(raw.number),
    sort: sort && sortable.includes(sort.replace('-', '')) ? sort : undefined,
    page: page > 1 ? page : undefined,
    call: text(raw.call),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export function isFiltered(search: CallsSearch): boolean {
  const { page: _, call: __, sort: ___, ...filters } = search;
  return Object.keys(filters).length > 0;
}

/// The order that an address asks for; the newest first if none.
export function sortOf(search: CallsSearch): TableSort {
  const sort = search.sort ?? '-entered';
  return { id: sort.replace('-', ''), descending: sort.startsWith('-') };
}

export const sortText = ({ id, descending }: TableSort): string => (descending ? `-${id}` : id);

/// What someone typed, as it is found: a telephone number without its spaces and its way out of the
/// country, whichever way it was written down.
export function wordsOf(typed: string): string {
  const number = typed.replace(/[\s()/-]/g, '');
  return /^\+?\d{3,}$/.test(number) ? number.replace(/^(\+|00)/, '') : typed.trim();
}

/// The question to the server.
export function queryOf(search: CallsSearch, now: Date): ListQuery {
  const filter: Leaf[] = [];
  const add = (field: string, operator: string, value: string | undefined) => {
    if (value) filter.push({ field, operator, value });
  };
  if (search.period) {
    const days = daysOf(search.period, now, search.from, search.to);
    add('entered', 'gte', micros(days.from));
    add('entered', 'lt', micros(days.until));
  }
  add('direction', 'eq', search.direction);
  if (search.result === 'running') add('ended', 'eq', '0');
  if (search.result === 'answered') add('answered', 'neq', '0');
  if (search.result === 'unanswered') {
    add('answered', 'eq', '0');
    add('ended', 'neq', '0');
  }
  add('queue', 'eq', search.queue);
  add('activities.user', 'eq', search.agent);
  add('activities.statuses', 'contains', search.status && JSON.stringify(search.status));
  add('recordings.status', 'eq', search.recorded && 'Converted');
  const { id, descending } = sortOf(search);
  return {
    filter,
    sort: [{ field: id, dir: descending ? 'desc' : 'asc' }],
    q: search.q && wordsOf(search.q),
    take: pageSize,
    skip: ((search.page ?? 1) - 1) * pageSize,
  };
}
