import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';

import { valueText } from './words';

const t = ((key: string, more?: { defaultValue?: string } | string) =>
  (typeof more === 'string' ? more : more?.defaultValue) ?? key) as unknown as TFunction;

test('places and records are said in words, not as they are stored', () => {
  expect(valueText(t, 'queues', 'options.target', { kind: 'queue', value: '6002' })).not.toContain('{');
  const titleOf = (name: string) => `Title of ${name}`;
  expect(valueText(t, 'groups', 'queues', ['6001', '6002'], titleOf)).toBe('Title of 6001, Title of 6002');
  const right = { name: 6001, login: 'automatic', penalty: 7 };
  expect(valueText(t, 'users', 'queues', [right], titleOf)).toMatch(/^Title of 6001 \(.*login_automatic.*penalty.*\)$/);
  expect(valueText(t, 'users', 'queues', [], titleOf)).toBe('–');
  expect(valueText(t, 'users', 'role', 'auditor', titleOf)).toBe('Title of auditor');
  expect(valueText(t, 'users', 'role', 'manager', (name) => name)).toBe('manager');
});
