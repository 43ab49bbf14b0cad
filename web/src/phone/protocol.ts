// The web phone's messages on the push socket, as docs/api.md lists them.
export interface RungCall {
  leg: number;
  caller: string;
  caller_name: string;
  auto_answer: boolean;
  sdp?: string;
  /// Name of the activity that an answer begins or goes on with.
  activity?: string;
}

export type FromServer =
  | { type: 'phone.started'; device: string; calls: (RungCall & { state: 'ringing' | 'up' })[] }
  | { type: 'phone.refused'; device: string; code: 'elsewhere' | 'no_right' | 'no_device'; text: string }
  | { type: 'phone.stopped'; device: string; code: string }
  | { type: 'phone.free'; device: string }
  | ({ type: 'phone.ring'; device: string; sdp: string } & RungCall)
  | { type: 'phone.answer_now'; leg: number }
  | { type: 'phone.accepted'; leg: number; sdp: string }
  | { type: 'phone.offer'; leg: number; sdp: string }
  | { type: 'phone.ended'; leg: number; cause: string };

export type ToServer =
  | { type: 'phone.start'; device: string; force: boolean; browser: string }
  | { type: 'phone.stop'; device: string }
  | { type: 'phone.ringing'; leg: number }
  | { type: 'phone.answer'; leg: number; sdp: string }
  | { type: 'phone.reject'; leg: number }
  | { type: 'phone.hangup'; leg: number }
  | { type: 'phone.reoffer'; leg: number; sdp: string }
  | { type: 'phone.reanswer'; leg: number; sdp: string }
  | { type: 'phone.digit'; leg: number; digit: string };
