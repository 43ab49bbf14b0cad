import { afterEach, expect, test, vi } from 'vitest';

import { v6 } from './v6';

afterEach(() => vi.unstubAllGlobals());

test('all records are asked for page by page', async () => {
  const asked: string[] = [];
  vi.stubGlobal('location', { origin: 'https://linka.example' });
  vi.stubGlobal('fetch', ({ url }: Request) => {
    const { pathname, search, searchParams } = new URL(url);
    asked.push(pathname + search);
    const skip = Number(searchParams.get('skip') ?? 0);
    const data = Array.from({ length: Math.min(1000, 2100 - skip) }, (_, i) => ({ name: skip + i }));
    return Promise.resolve(new Response(JSON.stringify({ result: { data, total: 2100 } }), { status: 200 }));
  });
  const { data, total } = await v6.all('users');
  expect([data.length, total, new Set(data.map(({ name }) => name)).size]).toEqual([2100, 2100, 2100]);
  expect(asked).toEqual([0, 1000, 2000].map((skip) => `/api/v6/users.json?take=1000${skip ? `&skip=${skip}` : ''}`));
});
