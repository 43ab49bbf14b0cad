import { expect, test } from 'vitest';

import { waitBefore } from './backoff';
import { readMessage } from './messages';

test('waits grow to fifteen seconds and differ by chance', () => {
  expect(waitBefore(0, 1)).toBe(500);
  expect(waitBefore(0, 0)).toBe(250);
  expect(waitBefore(3, 1)).toBe(4000);
  expect(waitBefore(100, 1)).toBe(15_000);
});

test('what is no message is left alone', () => {
  expect(readMessage('{"type":"pong"}')).toEqual({ type: 'pong' });
  for (const text of ['', 'null', '[]', '{"type":5}', '{']) expect(readMessage(text)).toBeNull();
});
