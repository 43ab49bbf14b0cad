import { expect, test } from 'vitest';

import type { Activity } from '../../api/types';
import { actOf, rejectKey } from './acts';

const offer = { name: 'offer' } as Activity;
const call = { name: 'call', connected: '2026-11-28T10:00:00Z', consulting: '' } as Activity;

test('F4 means the call in the ear, also when an offer arrives in that moment', () => {
  expect(actOf('F4', false, call, offer)).toEqual({ do: 'hang_up', call });
  expect(actOf('F4', true, call, offer)).toEqual({ do: 'reject', offer });
  expect(actOf('F4', false, null, offer)).toEqual({ do: 'reject', offer });
  expect(actOf('F4', false, null, undefined)).toBeNull();
  expect(actOf('F4', true, call, undefined)).toBeNull();
  expect([rejectKey(call), rejectKey(null)]).toEqual(['Shift+F4', 'F4']);
});

test('F4 in a consultation leads back to the customer, it hands nothing over', () => {
  const consulting = { ...call, consulting: '512' };
  expect(actOf('F4', false, consulting, undefined)).toEqual({ do: 'end_consultation', call: consulting });
});

test('what needs a connected call waits for it', () => {
  const dialling = { ...call, connected: null };
  for (const key of ['F8', 'F9']) expect(actOf(key, false, dialling, undefined)).toBeNull();
  expect(actOf('F2', true, dialling, undefined)).toBeNull();
  expect(actOf('F2', true, call, undefined)).toEqual({ do: 'transfer' });
  expect(actOf('F4', false, dialling, undefined)).toEqual({ do: 'hang_up', call: dialling });
  expect(actOf('F2', false, call, offer)).toEqual({ do: 'answer', offer });
});
