// An entry of the change log, and what of it can be shown. Plain.
import type { Row } from '../../../api/v6';

type Json = Record<string, unknown>;

export interface Change extends Row {
  time: string;
  user: { name: string; title: string } | null;
  /// What they could do then, and the address that they asked from.
  access: string | null;
  address: string | null;
  action: string;
  model: string | null;
  record: string | null;
  title: string | null;
  before: Json | null;
  after: Json | null;
  detail: string | null;
  taken_back: boolean;
  takes_back: string | null;
  /// It stands, and there is something to put back.
  can_take_back: boolean;
  /// What the records that the fields name were called, by model and name.
  titles: Record<string, Record<string, string>> | null;
  /// What does not come back with a record that was deleted, or why it cannot.
  note: string | null;
}

const isPlain = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/// Dotted names and values; `options` of a record lie one step deeper.
export function flat(values: Json | null): Map<string, unknown> {
  const out = new Map<string, unknown>();
  for (const [name, value] of Object.entries(values ?? {})) {
    if (isPlain(value) && name === 'options') {
      for (const [inner, deep] of Object.entries(value)) out.set(`${name}.${inner}`, deep);
    } else {
      out.set(name, value);
    }
  }
  return out;
}

export interface Line {
  field: string;
  before: unknown;
  after: unknown;
}

/// Names that nobody gave say nothing to anybody.
export const isMadeUp = (name: unknown): boolean => /_[0-9a-f]{32}$/.test(String(name));

/// What was changed, a line for each field; secrets have no values.
export function linesOf(change: Change): Line[] {
  const [before, after] = [flat(change.before), flat(change.after)];
  const lines = [...new Set([...before.keys(), ...after.keys()])].map((field) => ({
    field,
    before: before.get(field),
    after: after.get(field),
  }));
  // Of a new record, or one that is gone, what says nothing is left out.
  return lines.filter(({ field, before: was, after: is }) => !(field === 'name' && isMadeUp(is ?? was)) && ![was, is].every((value) => value === undefined || value === false || value === '' || (Array.isArray(value) && value.length === 0)));
}

/// Made, changed, deleted; of what is no change of a record: null.
export function verbOf({ model, action }: Change): 'create' | 'update' | 'delete' | null {
  const verb = model ? action.slice(model.length + 1) : '';
  return verb === 'create' || verb === 'update' || verb === 'delete' ? verb : null;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/// Whether a list (newest first) shows that the record is not as this change left it any more.
export function isOvertaken(change: Change, rows: readonly Change[]): boolean {
  const at = rows.findIndex(({ name }) => name === change.name);
  const since = rows.slice(0, Math.max(at, 0)).filter(({ model, record }) => model === change.model && record === change.record);
  const left = flat(change.after);
  const now = new Map(left);
  let there = verbOf(change) !== 'delete';
  for (const later of since.reverse()) {
    there = verbOf(later) !== 'delete';
    for (const [field, value] of flat(later.after)) if (now.has(field)) now.set(field, value);
  }
  if (verbOf(change) === 'delete') return there;
  return !there || [...left].some(([field, value]) => field !== 'people' && !same(now.get(field), value));
}
