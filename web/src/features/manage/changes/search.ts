// What of the change log is shown, as it stands in the address.
import type { Leaf, ListQuery } from '../../../api/v6';

export interface ChangesSearch {
  q?: string;
  /// Of one record: its history.
  model?: string;
  record?: string;
  /// The entry that is open.
  open?: string;
  page?: number;
}

export const pageSize = 100;

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export function readChanges(raw: Record<string, unknown>): ChangesSearch {
  const page = Number(raw.page);
  return {
    q: text(raw.q),
    model: text(raw.model),
    record: text(raw.record),
    open: text(raw.open),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  };
}

export function queryOf({ q, model, record, page }: ChangesSearch): ListQuery {
  const is = (field: string, value: string | undefined): Leaf[] => (value ? [{ field, operator: 'eq', value }] : []);
  return {
    q,
    filter: [...is('model', model), ...is('record', record)],
    take: pageSize,
    skip: ((page ?? 1) - 1) * pageSize,
  };
}
