// The filters of the list of calls, as they stand in the address.
import type { Leaf, ListQuery } from '../../api/v6';

export interface CallsSearch {
  from?: string;
  to?: string;
  direction?: 'in' | 'out' | 'internal';
  answered?: 'yes' | 'no';
  queue?: string;
  agent?: string;
  number?: string;
  page?: number;
  call?: string;
}

export const pageSize = 100;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined;

const oneOf = <T extends string>(value: unknown, all: readonly T[]): T | undefined =>
  all.find((each) => each === value);

const day = (value: unknown) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text(value) ?? '') ? text(value) : undefined;

/// What an address means; what it does not mean is left out.
export function readSearch(raw: Record<string, unknown>): CallsSearch {
  const page = Math.floor(Number(raw.page ?? 1));
  const found: CallsSearch = {
    from: day(raw.from),
    to: day(raw.to),
    direction: oneOf(raw.direction, ['in', 'out', 'internal'] as const),
    answered: oneOf(raw.answered, ['yes', 'no'] as const),
    queue: text(raw.queue),
    agent: text(raw.agent),
    number: text(raw.number),
    page: page > 1 ? page : undefined,
    call: text(raw.call),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

export function isFiltered(search: CallsSearch): boolean {
  const { page: _, call: __, ...filters } = search;
  return Object.keys(filters).length > 0;
}

/// The question to the server.
export function queryOf(search: CallsSearch): ListQuery {
  const filter: Leaf[] = [];
  const add = (field: string, operator: string, value: string | undefined) => {
    if (value) filter.push({ field, operator, value });
  };
  add('call_time', 'gte', search.from && `${search.from} 00:00:00`);
  add('call_time', 'lte', search.to && `${search.to} 23:59:59`);
  add('direction', 'eq', search.direction);
  add('answered', 'eq', search.answered && (search.answered === 'yes' ? 'true' : 'false'));
  add('id_queue', 'eq', search.queue);
  add('id_agent', 'eq', search.agent);
  add('clid', 'contains', search.number?.replace(/[\s+]+/g, ''));
  return {
    filter,
    sort: [{ field: 'call_time', dir: 'desc' }],
    take: pageSize,
    skip: ((search.page ?? 1) - 1) * pageSize,
  };
}
