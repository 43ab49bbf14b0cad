import { expect, test } from 'vitest';

import { isSetUp, stepsOf, type Counted } from './steps';

const nothing: Counted = { queues: [], users: [{ name: 'admin' }], sipDevices: [], statuses: [], pauses: [{ name: 'w', type: 'wrap' }] };

test('an empty company has all steps before it', () => {
  expect(stepsOf(nothing).filter((step) => step.done)).toEqual([]);
  expect(isSetUp(stepsOf(nothing))).toBe(false);
});

test('somebody with a device and a queue can work; outcomes and pauses may follow', () => {
  const worker = { name: 'jan', queues: [{ name: 6001 }], devices: [{ name: '330' }] };
  const steps = stepsOf({
    ...nothing,
    queues: [{ name: 6001 }],
    sipDevices: [{ name: '330' }],
    users: [{ name: 'admin' }, worker],
  });
  expect(steps.filter((step) => !step.done).map((step) => step.name)).toEqual(['status', 'pause']);
  expect(isSetUp(steps)).toBe(true);
});
