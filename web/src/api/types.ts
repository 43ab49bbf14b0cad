// The server's shapes, by short names. They come from contract/openapi.json and nowhere else.
import type { components } from './schema';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type MyDevice = Schemas['MyDevice'];
export type MyQueue = Schemas['MyQueue'];
export type May = Schemas['May'];
export type Blocker = Schemas['Blocker'];
export type BlockerCode = Blocker['code'];
export type Ability = keyof Me['can'];
export type Activity = Schemas['Activity'];
export type LiveUser = Schemas['User'];
export type LiveQueue = Schemas['Queue'];
export type Realtime = Schemas['Realtime'];
export type Why = Schemas['Why'];
export type Telephones = Schemas['Telephones'];
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
