// How a screen of Manage is described: as data. ResourceList and ResourceForm draw it.
import type { Row } from '../../api/v6';

export type FieldKind = 'text' | 'password' | 'number' | 'flag' | 'choice' | 'area' | 'rights';

type Json = Record<string, unknown>;

export interface Field {
  /// As the API names it; dotted for what lies in `options`.
  name: string;
  kind: FieldKind;
  choices?: readonly string[];
  required?: boolean;
  /// Set when the record is made, never changed.
  fixed?: boolean;
  /// Changes only while the user is logged out.
  locks?: boolean;
  /// Not in the basic form.
  advanced?: boolean;
  /// Seconds, minutes: said behind the label.
  unit?: 's' | 'min';
  min?: number;
  max?: number;
  /// Records of which model `rights` lists.
  of?: 'queues' | 'sipDevices';
  /// What a new record has unless another value is chosen: the server's own.
  standard?: unknown;
  /// A new record gets the number after the highest there is; the first of all gets this one.
  next?: string;
  /// Only of such records; others have no use for it.
  when?: (record: Json) => boolean;
  /// What else changes with it.
  also?: (record: Json) => Json;
}

export interface Resource {
  model: 'users' | 'sipDevices' | 'queues' | 'pauses' | 'statuses';
  columns: readonly string[];
  fields: readonly Field[];
  /// The name is the server's to give.
  nameless?: boolean;
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

const isUsed = (field: Field, record: Json) => field.when?.(record) ?? true;

/// The fields that a record has a use for.
export const fieldsOf = (resource: Resource, record: Json): Field[] =>
  resource.fields.filter((field) => isUsed(field, record));

/// What to send: only what the person changed; of a new record what they filled in.
export function changes(resource: Resource, before: Json | null, after: Json): Json {
  let out: Json = {};
  for (const field of fieldsOf(resource, after)) {
    if (before && field.fixed) continue;
    const value = valueAt(after, field.name);
    const same = before && equal(valueAt(before, field.name), value);
    const unset = value === undefined || (field.kind === 'password' && value === '');
    if (same || unset) continue;
    out = withValue(out, field.name, value);
  }
  return out;
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
    const value = field.next ? numberAfter(rows, field.name, field.next) : field.standard;
    if (value !== undefined) out = withValue(out, field.name, value);
  }
  return out;
}

export const titleOf = (row: Row): string => String(row.title ?? row.name);
