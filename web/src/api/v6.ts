// The records: users, queues, devices, calls. Lists are asked for in the API's bracket form.
import { ask } from './http';

export interface Leaf {
  field: string;
  operator: string;
  value: string | string[];
}

export interface ListQuery {
  filter?: Leaf[];
  sort?: { field: string; dir: 'asc' | 'desc' }[];
  take?: number;
  skip?: number;
  q?: string;
}

export interface Page<T> {
  data: T[];
  total: number;
}

export type Row = Record<string, unknown> & { name: string | number };

/// The query string of a list, stable for equal questions.
export function listParams(query: ListQuery): string {
  const out = new URLSearchParams();
  query.filter?.forEach((leaf, i) => {
    out.append(`filter[${i}][field]`, leaf.field);
    out.append(`filter[${i}][operator]`, leaf.operator);
    if (Array.isArray(leaf.value)) {
      leaf.value.forEach((value, j) => out.append(`filter[${i}][value][${j}]`, value));
    } else {
      out.append(`filter[${i}][value]`, leaf.value);
    }
  });
  query.sort?.forEach((sort, i) => {
    out.append(`sort[${i}][field]`, sort.field);
    out.append(`sort[${i}][dir]`, sort.dir);
  });
  if (query.q) out.append('q', query.q);
  if (query.take !== undefined) out.append('take', String(query.take));
  if (query.skip) out.append('skip', String(query.skip));
  return out.toString();
}

const path = (model: string, name?: string | number) =>
  `/api/v6/${model}${name === undefined ? '' : `/${encodeURIComponent(name)}`}.json`;

/// The most that the server gives at once.
const pageMost = 1000;

interface Envelope<T> {
  result: T;
}

export const v6 = {
  async list<T = Row>(model: string, query: ListQuery = {}): Promise<Page<T>> {
    const params = listParams(query);
    return (await ask<Envelope<Page<T>>>('GET', path(model) + (params && `?${params}`))).result;
  },
  /// All records of a model, on however many pages.
  async all<T = Row>(model: string): Promise<Page<T>> {
    const data: T[] = [];
    for (;;) {
      const page = await v6.list<T>(model, { take: pageMost, skip: data.length });
      data.push(...page.data);
      if (page.data.length < pageMost || data.length >= page.total) return { data, total: data.length };
    }
  },
  async one<T = Row>(model: string, name: string | number): Promise<T> {
    return (await ask<Envelope<T>>('GET', path(model, name))).result;
  },
  async create<T = Row>(model: string, body: unknown): Promise<T> {
    return (await ask<Envelope<T>>('POST', path(model), body)).result;
  },
  async update<T = Row>(model: string, name: string | number, body: unknown): Promise<T> {
    return (await ask<Envelope<T>>('PUT', path(model, name), body)).result;
  },
  async remove(model: string, name: string | number): Promise<void> {
    await ask('DELETE', path(model, name));
  },
};
