// Lists of the live API: calls, offers and activities by their columns, and the way between the
// server's link to a list behind a figure and an address that people can read.
import { ask } from './http';
import { listParams, type Leaf, type ListQuery } from './v6';

export interface Status {
  name: string;
  title: string;
}

/// One person's work on a call.
export interface CallWork {
  name: string;
  user: string | null;
  user_title: string | null;
  note: string;
  statuses: Status[];
  recorded: boolean;
}

export interface CallParties {
  direction: 'in' | 'out' | 'internal';
  caller: string;
  caller_name: string;
  number: string;
}

/// A call: one visit of a queue, or a direct call. Times are ISO 8601, durations seconds.
export interface CallRow extends CallParties {
  id: number;
  queue: number;
  user: string | null;
  entered: string;
  answered: string | null;
  ended: string | null;
  result: string;
  wait: number;
  ring: number;
  talk: number;
  hold: number;
  attempts: number;
  /// The activity that it waits as; null if it never waited.
  waiting_as: string | null;
  activities: CallWork[];
  recorded: boolean;
}

export type ListRow = Record<string, unknown> & { id: number; interaction?: number; call?: CallParties | null };

export type ListModel = 'interactions' | 'offers' | 'activities';
export const models: readonly ListModel[] = ['interactions', 'offers', 'activities'];

export interface Listed<T> {
  data: T[];
  total: number;
}

export const listOf = <T>(model: ListModel, query: ListQuery): Promise<Listed<T>> =>
  ask('GET', `/api/live/lists/${model}?${listParams(query)}`);

/// An instant as filters compare it.
export const micros = (at: Date): string => `${at.getTime()}000`;

const start = '/api/live/lists/';
const times = new Set(['entered', 'started', 'opened', 'closed']);

/// What a list behind a figure is called in an address: the model, a span of time, and one
/// parameter for each other condition (`result=abandoned,timed_out`, `user=!0`).
export type ReadableList = Record<string, string> & { rows: string };

const signs: Record<string, string> = { eq: '', in: '', neq: '!', contains: '~' };

/// A link of the server in words; null if it is no list of the server. `user` replaces the number
/// that the server knows a person by.
export function readable(link: string, user?: string | null): ReadableList | null {
  const [path = '', query = ''] = link.split('?');
  const rows = models.find((model) => path === start + model);
  if (!rows) return null;
  const leaves = new Map<string, { field?: string; operator?: string; value: string[] }>();
  for (const [name, value] of new URLSearchParams(query)) {
    const [, index, part] = /^filter\[(\d+)\]\[(field|operator|value)\]/.exec(name) ?? [];
    if (!index || !part) continue;
    const leaf = leaves.get(index) ?? { value: [] };
    if (part === 'value') leaf.value.push(value);
    else leaf[part as 'field' | 'operator'] = value;
    leaves.set(index, leaf);
  }
  const out: ReadableList = { rows };
  for (const { field = '', operator = 'eq', value } of leaves.values()) {
    if (times.has(field)) {
      out[operator === 'lt' ? 'to' : 'from'] = new Date(Number(value[0]) / 1000).toISOString();
    } else if (operator in signs) {
      const values = field === 'user' && user && operator === 'eq' ? [user] : value;
      out[field] = signs[operator] + values.join(',');
    }
  }
  return out;
}

const timeOf: Record<ListModel, string> = { interactions: 'entered', offers: 'started', activities: 'opened' };
const ours = new Set(['rows', 'figure', 'from', 'to', 'sort', 'page', 'call']);

/// The question that an address in words means.
export function conditionsOf(list: Record<string, string>): { model: ListModel; filter: Leaf[] } | null {
  const model = models.find((each) => each === list.rows);
  if (!model) return null;
  const filter: Leaf[] = [];
  for (const [name, operator] of [['from', 'gte'], ['to', 'lt']] as const) {
    const at = Date.parse(list[name] ?? '');
    if (!Number.isNaN(at)) filter.push({ field: timeOf[model], operator, value: micros(new Date(at)) });
  }
  for (const [field, text] of Object.entries(list)) {
    if (ours.has(field)) continue;
    const operator = text.startsWith('!') ? 'neq' : text.startsWith('~') ? 'contains' : 'eq';
    const value = operator === 'eq' ? text : text.slice(1);
    const several = operator === 'eq' && value.includes(',');
    filter.push(several ? { field, operator: 'in', value: value.split(',') } : { field, operator, value });
  }
  return { model, filter };
}
