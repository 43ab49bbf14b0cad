// What a screen of Manage draws: a description that the server gives (GET /api/live/models), and what the page adds to
// it. ResourceList and ResourceForm draw it.
import type { ModelField } from '../../api/types';
import type { Row } from '../../api/v6';
import { isWithin, type Limit } from './limit';

type Json = Record<string, unknown>;

export interface Field extends ModelField {
  /// What else changes with it.
  also?: (record: Json) => Json;
}

export interface Resource {
  model: string;
  columns: readonly string[];
  fields: readonly Field[];
  may: { create: boolean; update: boolean; remove: boolean };
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/// A field's value in a record. Relations are read back as objects; their name is the value.
export function valueAt(row: Json, path: string): unknown {
  const value = path.split('.').reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), row);
  return isObject(value) && 'name' in value ? value.name : value;
}

/// The record with a field set, other parts shared.
export function withValue(row: Json, path: string, value: unknown): Json {
  const [head = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...row, [head]: value };
  const inner = isObject(row[head]) ? row[head] : {};
  return { ...row, [head]: withValue(inner, rest.join('.'), value) };
}

const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const isUsed = (field: Field, record: Json) => field.types?.includes(String(record.type)) ?? true;

/// The fields that a record has a use for.
export const fieldsOf = (resource: Resource, record: Json): Field[] =>
  resource.fields.filter((field) => isUsed(field, record));

/// Those of the fields that `errors` are about, in the order of the form.
export const namesIn = (resource: Resource, errors: Record<string, string>): string[] =>
  resource.fields.map(({ name }) => name).filter((name) => errors[name] !== undefined);

/// `before`: null for a new record.
export const isRequired = (field: Field, before: Json | null, record: Json): boolean =>
  field.required === true || (before === null && (field.required_types?.includes(String(record.type)) ?? false));

/// What to send: only what the person changed; of a new record what they filled in.
export function changes(resource: Resource, before: Json | null, after: Json): Json {
  let out: Json = {};
  for (const field of fieldsOf(resource, after)) {
    if (before && field.once) continue;
    const value = valueAt(after, field.name);
    const same = before && equal(valueAt(before, field.name), value);
    const unset = (value === undefined && !before) || (field.kind === 'password' && value === '');
    if (same || unset) continue;
    // What cannot be empty and was emptied: the server says what it wants there.
    out = withValue(out, field.name, value === undefined ? '' : value);
  }
  return out;
}

/// Whether somebody filled in or changed something. `start`: the record as the form first showed it.
export const isChanged = (resource: Resource, before: Json | null, start: Json, after: Json): boolean =>
  before ? Object.keys(changes(resource, before, after)).length > 0 : !equal(changes(resource, null, start), changes(resource, null, after));

/// What is about to be sent and the server would not take.
export function beyond(resource: Resource, sent: Json): { field: Field; limit: Limit }[] {
  return resource.fields.flatMap((field) => {
    const { limit } = field;
    return limit && !isWithin(limit, valueAt(sent, field.name)) ? [{ field, limit }] : [];
  });
}

/// What is typed into the field of a whole number: the number, `none` if nothing is, and otherwise the text as it is, so
/// that it stays in sight and saving says what is wrong with it.
export function numberOf<None>(typed: string, none: None): number | string | None {
  const text = typed.trim();
  if (text === '') return none;
  return /^-?\d{1,9}$/.test(text) ? Number(text) : typed;
}

/// Fields that both a colleague and this person changed since `before` was read, and not to the same.
export function clashes(resource: Resource, before: Json, mine: Json, theirs: Json): Field[] {
  return resource.fields.filter((field) => {
    const [was, own, now] = [before, mine, theirs].map((row) => valueAt(row, field.name));
    return field.kind !== 'password' && !equal(was, own) && !equal(was, now) && !equal(own, now);
  });
}

/// Numbers of one's own have a few digits; telephone numbers among them are not counted on.
const ownMost = 99_999;

function numberAfter(rows: Row[], field: string, first: string): string {
  const used = rows
    .map((row) => Number(valueAt(row, field)))
    .filter((value) => Number.isInteger(value) && value > 0 && value <= ownMost);
  return used.length > 0 ? String(Math.max(...used) + 1) : first;
}

/// A new record as its form first shows it.
export function freshRecord(resource: Resource, rows: Row[]): Json {
  let out: Json = {};
  for (const field of resource.fields) {
    const next = field.next && numberAfter(rows, field.name, field.next);
    const value = next ? (field.kind === 'number' ? Number(next) : next) : field.standard;
    if (value !== undefined) out = withValue(out, field.name, value);
  }
  return out;
}

/// The queues that something serves.
export const isServed = ({ type }: { type?: unknown }) => type === 'in' || type === 'out';

/// What has no title is called by its number, if it is one of ours.
export const titleOf = (row: Row): string => String(row.title || row.did || row.name);
