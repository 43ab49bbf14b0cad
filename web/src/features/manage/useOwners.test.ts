import { expect, test } from 'vitest';

import { ownersOf } from './useOwners';

test('people stand at what they have a right to', () => {
  const users = [
    { name: 'jan', title: 'Jan', devices: [{ name: '332' }], queues: [{ name: 6001 }] },
    { name: 'eva', title: 'Eva', devices: [], queues: [{ name: 6001 }, { name: 6002 }] },
    { name: 'nobody' },
  ];
  const jan = { name: 'jan', title: 'Jan' };
  const eva = { name: 'eva', title: 'Eva' };
  expect(ownersOf(users, 'queues')).toEqual(new Map([['6001', [jan, eva]], ['6002', [eva]]]));
  expect(ownersOf(users, 'devices')).toEqual(new Map([['332', [jan]]]));
});
