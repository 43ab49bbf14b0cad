import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';

import { ApiError } from '../../api/errors';
import { refusalText } from './useDeed';

beforeAll(() => i18next.init({ lng: 'en', resources: {} }));

test('a refusal says what happened, never only that something did', () => {
  const blocker = { code: 'paused' as const, text: 'Paused.', fix: 'End it.', subjects: [] };
  expect(refusalText(new ApiError(409, 'refused', 'x', [blocker]), 'failed')).toBe('Paused. End it.');
  expect(refusalText(new ApiError(0, 'offline', ''), 'failed')).toBe('error.offline_hint');
  expect(refusalText(new ApiError(503, 'disk_full', 'The disk is full.'), 'failed')).toBe('The disk is full. error.server');
  expect(refusalText(new ApiError(429, 'slow', '', [], {}, 7), 'failed')).toBe('error.slow_down');
  expect(refusalText(new ApiError(400, 'bad', 'to: unknown'), 'failed')).toBe('to: unknown');
  expect(refusalText(new Error('no phone'), 'failed')).toBe('no phone');
});
