import { expect, test } from 'vitest';

import { heard, isSameTransport, noLine, ringingFor, withLeg } from './line';

const call = { leg: 7, caller: '1', caller_name: 'A', auto_answer: false };
const ring = { type: 'phone.ring', device: '821', sdp: 'offer', ...call } as const;

test('what the server says is living after a reload is all there is', () => {
  const before = heard(noLine, { ...ring, leg: 3 });
  const line = heard(before, {
    type: 'phone.started',
    device: '821',
    calls: [{ ...call, state: 'up' }, { ...call, leg: 8, state: 'ringing', sdp: 'o' }],
  });
  expect(line.status).toBe('on');
  expect(line.legs.map(({ leg, state, offer }) => [leg, state, offer])).toEqual([
    [7, 'up', null],
    [8, 'ringing', 'o'],
  ]);
});

test('a leg rings, is answered and ends', () => {
  let line = heard(noLine, ring);
  expect(line.legs).toMatchObject([{ leg: 7, state: 'ringing', offer: 'offer' }]);
  line = withLeg(line, 7, { state: 'up' });
  expect(line.legs[0]?.state).toBe('up');
  expect(heard(line, { type: 'phone.ended', leg: 7, cause: 'hangup' }).legs).toEqual([]);
});

test('a phone held elsewhere is not this page\'s', () => {
  const refused = heard(noLine, { type: 'phone.refused', device: '821', code: 'elsewhere', text: 'x' });
  expect(refused.status).toBe('elsewhere');
  expect(heard(heard(noLine, ring), { type: 'phone.stopped', device: '821', code: 'taken' })).toMatchObject({
    status: 'elsewhere',
    legs: [],
  });
});

test('another worker\'s keys need a new connection', () => {
  const sdp = (ufrag: string, print: string) => `a=ice-ufrag:${ufrag}\r\na=fingerprint:sha-256 ${print}\r\n`;
  expect(isSameTransport(sdp('a', '11'), sdp('a', '11'))).toBe(true);
  expect(isSameTransport(sdp('a', '11'), sdp('b', '11'))).toBe(false);
  expect(isSameTransport(sdp('a', '11'), sdp('a', '22'))).toBe(false);
  expect(isSameTransport(undefined, sdp('a', '11'))).toBe(false);
});

test('a card picks up its own call, whichever rings first', () => {
  let line = heard(noLine, { ...ring, leg: 7, activity: 'activities_1' });
  line = heard(line, { ...ring, leg: 9, activity: 'activities_2' });
  expect(ringingFor(line.legs, 'activities_2', 2)?.leg).toBe(9);
  expect(ringingFor(line.legs, 'activities_1', 2)?.leg).toBe(7);
  expect(ringingFor(line.legs, 'activities_3', 2)).toBeUndefined();
});

test('a leg that names no activity is picked up only when nothing else can be meant', () => {
  const line = heard(noLine, ring);
  expect(ringingFor(line.legs, 'activities_1', 1)?.leg).toBe(7);
  expect(ringingFor(line.legs, 'activities_1', 2)).toBeUndefined();
  expect(ringingFor(heard(line, { ...ring, leg: 9 }).legs, 'activities_1', 1)).toBeUndefined();
});
