import { expect, test } from 'vitest';

import { heard, isSameTransport, noLine, withState } from './line';

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
  line = withState(line, 7, 'up');
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
