// What the phone is and which legs it has, as plain data. The machinery that speaks is in phone.ts.
import type { FromServer } from './protocol';

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
}

export interface Line {
  status: PhoneStatus;
  device: string | null;
  refusal: string;
  legs: PhoneLeg[];
  microphone: 'unknown' | 'allowed' | 'denied' | 'missing';
}

export const noLine: Line = {
  status: 'off',
  device: null,
  refusal: '',
  legs: [],
  microphone: 'unknown',
};

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
        legs: message.calls.map((call) => ({
          leg: call.leg,
          state: call.state,
          caller: call.caller,
          callerName: call.caller_name,
          autoAnswer: call.auto_answer,
          offer: call.sdp ?? null,
        })),
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
    case 'phone.ring':
      return {
        ...line,
        legs: put(line.legs, {
          leg: message.leg,
          state: 'ringing',
          caller: message.caller,
          callerName: message.caller_name,
          autoAnswer: message.auto_answer,
          offer: message.sdp,
        }),
      };
    case 'phone.ended':
      return { ...line, legs: line.legs.filter((leg) => leg.leg !== message.leg) };
    default:
      return line;
  }
}

export function withState(line: Line, leg: number, state: PhoneLeg['state']): Line {
  return {
    ...line,
    legs: line.legs.map((each) => (each.leg === leg ? { ...each, state } : each)),
  };
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
