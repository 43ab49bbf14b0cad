// How a screen of Manage is described: as data. ResourceList and ResourceForm draw it.
import type { Row } from '../../api/v6';

export type FieldKind = 'text' | 'password' | 'number' | 'flag' | 'choice' | 'area' | 'rights';

export interface Field {
  /// As the API names it; dotted for what lies in `options`.
  name: string;
  kind: FieldKind;
  choices?: readonly string[];
  required?: boolean;
  /// Set when the record is made, never changed.
  fixed?: boolean;
  /// Not in the basic form.
  advanced?: boolean;
  /// Seconds, minutes: said behind the label.
  unit?: 's' | 'min';
  min?: number;
  max?: number;
  /// Records of which model `rights` lists.
  of?: 'queues' | 'sipDevices';
}

export interface Resource {
  model: 'users' | 'sipDevices' | 'queues' | 'pauses' | 'statuses';
  columns: readonly string[];
  fields: readonly Field[];
  /// The name is the server's to give.
  nameless?: boolean;
}

type Json = Record<string, unknown>;

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

/// What to send: only what the person changed; of a new record what they filled in.
export function changes(resource: Resource, before: Json | null, after: Json): Json {
  let out: Json = {};
  for (const field of resource.fields) {
    if (before && field.fixed) continue;
    const value = valueAt(after, field.name);
    const same = before && JSON.stringify(valueAt(before, field.name)) === JSON.stringify(value);
    const unset = value === undefined || (field.kind === 'password' && value === '');
    if (same || unset) continue;
    out = withValue(out, field.name, value);
  }
  return out;
}

export const titleOf = (row: Row): string => String(row.title ?? row.name);
