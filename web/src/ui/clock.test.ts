import { expect, test, vi } from 'vitest';

import { serverNow, setServerTime } from './clock';

test('timers run in the server\'s time, whatever this computer thinks', () => {
  vi.useFakeTimers({ now: Date.parse('2026-11-28T10:00:00Z') });
  setServerTime('2026-11-28T10:05:00Z');
  vi.advanceTimersByTime(2000);
  expect(new Date(serverNow()).toISOString()).toBe('2026-11-28T10:05:02.000Z');
  setServerTime('not a time');
  expect(new Date(serverNow()).toISOString()).toBe('2026-11-28T10:05:02.000Z');
  vi.useRealTimers();
});
