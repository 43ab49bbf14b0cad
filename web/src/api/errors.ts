// One error for whatever the server refuses, in either of its two forms (live and v6).
import type { Blocker } from './types';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly blockers: Blocker[] = [],
    /// Field errors by dotted field name.
    readonly fields: Record<string, string> = {},
    readonly retryAfter = 0,
  ) {
    super(message);
  }
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function flatten(form: Json, prefix = ''): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [name, value] of Object.entries(form)) {
    if (typeof value === 'string') out[prefix + name] = value;
    else if (Array.isArray(value)) out[prefix + name] = value.join(' ');
    else if (isObject(value)) Object.assign(out, flatten(value, `${prefix}${name}.`));
  }
  return out;
}

/// Reads an answer's body. `status` 0 means that no answer came.
export function errorOf(status: number, body: unknown, retryAfter = 0): ApiError {
  const error = isObject(body) ? body.error : undefined;
  if (Array.isArray(error)) {
    return new ApiError(status, `http_${status}`, error.join(' '), [], {}, retryAfter);
  }
  if (typeof error === 'string') {
    return new ApiError(status, `http_${status}`, error, [], {}, retryAfter);
  }
  if (isObject(error)) {
    if (isObject(error.form)) {
      const fields = flatten(error.form);
      const blockers = Array.isArray(error.blockers) ? (error.blockers as Blocker[]) : [];
      const code = typeof error.code === 'string' ? error.code : 'invalid';
      return new ApiError(status, code, Object.values(fields).join(' '), blockers, fields);
    }
    const field = typeof error.field === 'string' ? error.field : '';
    const text = String(error.text ?? '');
    return new ApiError(
      status,
      String(error.code ?? `http_${status}`),
      text,
      Array.isArray(error.blockers) ? (error.blockers as Blocker[]) : [],
      field ? { [field]: text } : {},
      retryAfter,
    );
  }
  return new ApiError(status, status === 0 ? 'offline' : `http_${status}`, '', [], {}, retryAfter);
}
