// What the phone is and which legs it has, as plain data. The machinery that speaks is in phone.ts.
import type { FromServer, RungCall } from './protocol';

export type PhoneStatus =
  /// No web phone is wanted.
  | 'off'
  /// Another tab of this browser is the phone.
  | 'other_tab'
  /// Asked the server, no word yet.
  | 'starting'
  | 'on'
  /// Another browser holds the phone.
  | 'elsewhere'
  | 'refused';

export interface PhoneLeg {
  leg: number;
  state: 'ringing' | 'answering' | 'up';
  caller: string;
  callerName: string;
  autoAnswer: boolean;
  /// The server's offer, while it rings.
  offer: string | null;
  /// What an answer begins or goes on with; empty: nothing that the page shows.
  activity: string;
  /// Whether audio found its way; "blocked" once it has not for some seconds.
  sound: 'pending' | 'flows' | 'blocked';
}

export interface Line {
  status: PhoneStatus;
  device: string | null;
  refusal: string;
  legs: PhoneLeg[];
  microphone: 'unknown' | 'allowed' | 'denied' | 'missing';
  /// The microphone that a call goes on with after the one before it was lost.
  changedTo: string | null;
}

export const noLine: Line = {
  status: 'off',
  device: null,
  refusal: '',
  legs: [],
  microphone: 'unknown',
  changedTo: null,
};

const asLeg = (call: RungCall, state: PhoneLeg['state'], sound: PhoneLeg['sound']): PhoneLeg => ({
  leg: call.leg,
  state,
  caller: call.caller,
  callerName: call.caller_name,
  autoAnswer: call.auto_answer,
  offer: call.sdp || null,
  activity: call.activity ?? '',
  sound,
});

function put(legs: PhoneLeg[], leg: PhoneLeg): PhoneLeg[] {
  return [...legs.filter((each) => each.leg !== leg.leg), leg];
}

/// The line after the server's word.
export function heard(line: Line, message: FromServer): Line {
  switch (message.type) {
    case 'phone.started':
      return {
        ...line,
        status: 'on',
        refusal: '',
        legs: message.calls.map((call) => {
          const known = line.legs.find((leg) => leg.leg === call.leg);
          // A leg that this page answers meanwhile is still "ringing" to the server.
          const state = call.state === 'ringing' && known?.state === 'answering' ? 'answering' : call.state;
          return asLeg(call, state, known?.sound ?? 'pending');
        }),
      };
    case 'phone.refused':
      return {
        ...line,
        status: message.code === 'elsewhere' ? 'elsewhere' : 'refused',
        refusal: message.text,
        legs: [],
      };
    case 'phone.stopped':
      return { ...line, status: 'elsewhere', refusal: '', legs: [] };
    case 'phone.free':
      return line.status === 'elsewhere' ? { ...line, status: 'starting' } : line;
    case 'phone.ring':
      return {
        ...line,
        legs: put(line.legs, asLeg(message, 'ringing', 'pending')),
      };
    case 'phone.ended':
      return { ...line, legs: line.legs.filter((leg) => leg.leg !== message.leg) };
    default:
      return line;
  }
}

export function withLeg(line: Line, leg: number, change: Partial<Pick<PhoneLeg, 'state' | 'sound'>>): Line {
  return {
    ...line,
    legs: line.legs.map((each) => (each.leg === leg ? { ...each, ...change } : each)),
  };
}

/// The ringing leg that belongs to an offer. A server that names no activity leaves only the case of
/// one call that rings and one offer.
export function ringingFor(legs: PhoneLeg[], activity: string, offers: number): PhoneLeg | undefined {
  const ringing = legs.filter((leg) => leg.state === 'ringing');
  const named = ringing.find((leg) => leg.activity === activity);
  if (named) return named;
  const only = ringing.length === 1 && offers === 1 ? ringing[0] : undefined;
  return only?.activity === '' ? only : undefined;
}

/// A new description from another worker (its keys differ) needs a new connection.
export function isSameTransport(before: string | undefined, after: string): boolean {
  const key = (sdp: string | undefined) => [
    /a=ice-ufrag:(\S+)/.exec(sdp ?? '')?.[1],
    /a=fingerprint:(\S+ \S+)/.exec(sdp ?? '')?.[1],
  ];
  const [ufrag, print] = key(before);
  const [newUfrag, newPrint] = key(after);
  return ufrag !== undefined && ufrag === newUfrag && print === newPrint;
}
