import { expect, test } from 'vitest';

import { isSetUp, stepsOf, type Counted } from './steps';

const nothing: Counted = { queues: [], users: [{ name: 'admin' }], sipDevices: [], statuses: [], pauses: [{ name: 'w', type: 'wrap' }] };
const resting = { devices: [], ready: false };

test('an empty company has all steps before it', () => {
  const steps = stepsOf(nothing, resting);
  expect(steps.filter((step) => step.done)).toEqual([]);
  expect(isSetUp(steps)).toBe(false);
});

test('somebody with a device and a queue can work; outcomes, pauses and my own shift may follow', () => {
  const worker = { name: 'jan', queues: [{ name: 6001 }], devices: [{ name: '330' }] };
  const steps = stepsOf(
    { ...nothing, queues: [{ name: 6001 }], sipDevices: [{ name: '330' }], users: [{ name: 'admin' }, worker] },
    resting,
  );
  expect(steps.filter((step) => !step.done).map((step) => step.name)).toEqual(['status', 'pause', 'headset', 'shift']);
  expect(isSetUp(steps)).toBe(true);
});

test('rights lead to whoever lacks them, the newest first', () => {
  const rights = (users: Counted['users']) => stepsOf({ ...nothing, users }, resting).find((step) => step.name === 'rights');
  expect(rights([{ name: 'admin' }, { name: 'eva' }])?.place).toEqual({ resource: 'users', edit: 'eva' });
  expect(rights([{ name: 'admin' }, { name: 'sklad', type: 'BO' }])?.place).toEqual({ resource: 'users', edit: 'admin' });
});

test('my own shift is ticked when I am ready', () => {
  const me = { devices: [{}], ready: true } as unknown as typeof resting;
  expect(stepsOf(nothing, me).filter((step) => step.done).map((step) => step.name)).toEqual(['headset', 'shift']);
});
