// Every request goes through here: the cookie signs it, and one that is refused because the
// token is old is sent once more with a new one.
import createClient from 'openapi-fetch';

import { ApiError, errorOf } from './errors';
import type { paths } from './schema';

let refreshing: Promise<boolean> | null = null;
let onSignedOut: () => void = () => {};

/// Called when the server no longer knows who we are.
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

function refresh(): Promise<boolean> {
  refreshing ??= fetch('/api/v6/login.json', { method: 'PUT', headers: json, body: '{}' })
    .then((answer) => answer.ok)
    .catch(() => false)
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

const json = { 'Content-Type': 'application/json' };

export async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await fetch(request).catch(() => {
    throw errorOf(0, null);
  });
  if (answer.status !== 401 || request.url.includes('/api/v6/login')) return answer;
  if (await refresh()) return fetch(again);
  // Who asks who they are, learns it from the answer.
  if (!request.url.includes('/api/v6/whoim')) onSignedOut();
  return answer;
}

export const live = createClient<paths>({ baseUrl: '', fetch: send });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/// What a typed call gave, or an ApiError.
export async function got<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw errorOf(response.status, error, Number(response.headers.get('Retry-After') ?? 0));
  }
  return data as T;
}

/// An untyped request; the body of the answer, or an ApiError.
export async function ask<T>(method: string, url: string, body?: unknown): Promise<T> {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const request = new Request(new URL(url, location.origin), {
    method,
    headers: { ...json, 'x-timezone-client': zone },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await send(request);
  const parsed: unknown = answer.status === 204 ? null : await answer.json().catch(() => null);
  if (!answer.ok) {
    throw errorOf(answer.status, parsed, Number(answer.headers.get('Retry-After') ?? 0));
  }
  return parsed as T;
}

export { ApiError };
