// What of the change log is shown, as it stands in the address.
import type { Leaf, ListQuery } from '../../../api/v6';

export interface ChangesSearch {
  q?: string;
  /// Of one record: its history.
  model?: string;
  record?: string;
  /// Who changed it, and what happened.
  user?: string;
  what?: What;
  /// The entry that is open.
  open?: string;
  page?: number;
}

export const pageSize = 100;

/// `other`: what is no change of a record.
export const whats = ['create', 'update', 'delete', 'other'] as const;
export type What = (typeof whats)[number];

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

export function readChanges(raw: Record<string, unknown>): ChangesSearch {
  const page = Number(raw.page);
  return {
    q: text(raw.q),
    model: text(raw.model),
    record: text(raw.record),
    user: text(raw.user),
    what: whats.find((each) => each === raw.what),
    open: text(raw.open),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
  };
}

const leafOf = (what: What): Leaf =>
  what === 'other' ? { field: 'model', operator: 'eq', value: '' } : { field: 'action', operator: 'endswith', value: `.${what}` };

export function queryOf({ q, model, record, user, what, page }: ChangesSearch): ListQuery {
  const is = (field: string, value: string | undefined): Leaf[] => (value ? [{ field, operator: 'eq', value }] : []);
  return {
    q,
    filter: [...is('model', model), ...is('record', record), ...is('user', user), ...(what ? [leafOf(what)] : [])],
    take: pageSize,
    skip: ((page ?? 1) - 1) * pageSize,
  };
}
