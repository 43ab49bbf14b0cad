// The server's shapes, by short names. They come from contract/openapi.json and nowhere else.
import type { components } from './schema';

type Schemas = components['schemas'];

/// `start`: what beginning the shift would do now. `forwarding_number`: where all calls go instead.
export type Me = Schemas['Me'] & { start?: Start; forwarding_number?: string };
/// `own` is false for devices of others that one may borrow.
export type MyDevice = Schemas['MyDevice'] & { own?: boolean; taken_by_title?: string };
export type MyQueue = Schemas['MyQueue'];
export type May = Schemas['May'];
export type Blocker = Schemas['Blocker'];
export type BlockerCode = Blocker['code'];
export type Ability = keyof Me['can'];
/// `note`: saved when it was postponed. `end_reason`: why a call out was not answered.
export type Activity = Schemas['Activity'] & { note?: string; end_reason?: EndReason; end_status?: number; takeable?: boolean };
/// `callable`: a call or a transfer to the extension would ring now; else `call_blockers` say why not.
export type LiveUser = Schemas['User'] & { callable?: boolean; call_blockers?: string[] };
export type LiveQueue = Schemas['Queue'];
export type Realtime = Schemas['Realtime'];
/// `answer`: the reason in a sentence or two; `path`: the way of the call, first place first.
export type Why = Schemas['Why'] & { answer?: string; path?: { kind: string; title: string }[] };
export type Telephones = Schemas['Telephones'];
export type Limits = Schemas['Limits'];
export type Span = Schemas['Span'];
export type Model = Schemas['Model'];
export type Models = Schemas['Models'];
export type ModelField = Schemas['ModelField'];
export type Outcomes = Schemas['Outcomes'];
export type DemoAmounts = Schemas['DemoAmounts'];
export type DemoBackground = Schemas['DemoBackground'];
export type UserState = Me['state'];
export type PauseNow = Schemas['PauseNow'];

/// A row of statistics: figures by name, and for each count the list that it counts.
export interface StatRow {
  from: string;
  to: string;
  queue?: { name: number; title: string | null; type: string | null };
  user?: { name: string | null; title: string | null };
  links: Record<string, string>;
  [figure: string]: unknown;
}

export interface Start {
  devices: string[];
  queues: number[];
  left_out: string[];
  blockers: Blocker[];
}

export type EndReason =
  | 'none'
  | 'busy'
  | 'declined'
  | 'no_answer'
  | 'no_such_number'
  | 'unreachable'
  | 'line_refused'
  | 'line_down'
  | 'own_phone'
  | 'failed';

/// A customer who called and with whom nobody has spoken yet.
export interface Missed {
  name: string;
  customer: string;
  caller_name: string;
  queue: { name: number; title: string } | null;
  first: string | null;
  last: string | null;
  times: number;
  tries: number;
  /// Somebody calls back now.
  calling: boolean;
}
