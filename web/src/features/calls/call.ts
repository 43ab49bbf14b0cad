// What a call reads as: how it stands, who the customer is. Plain functions.
import type { CallParties, CallRow, Status } from '../../api/lists';
import type { Tone } from '../../live';

export interface Standing {
  /// A text of `calls.running_…` while it goes on, else of `result.…`.
  key: 'talking' | 'waiting' | 'dialling' | 'result';
  tone: Tone;
  /// Since when, while it goes on.
  since: string | null;
}

const lost = new Set(['abandoned', 'timed_out', 'left_empty', 'refused_full', 'refused_empty', 'failed']);

export function standingOf(call: Pick<CallRow, 'ended' | 'answered' | 'entered' | 'result' | 'direction'>): Standing {
  if (!call.ended) {
    if (call.answered) return { key: 'talking', tone: 'call', since: call.answered };
    return { key: call.direction === 'out' ? 'dialling' : 'waiting', tone: 'ringing', since: call.entered };
  }
  const tone = call.answered ? 'ready' : lost.has(call.result) ? 'danger' : 'offline';
  return { key: 'result', tone, since: null };
}

/// The word for how an ended call ended.
export const resultOf = (call: Pick<CallRow, 'answered' | 'result'>): string =>
  call.answered ? 'answered' : call.result;

/// The other side: of an outbound call the number that was dialled, whose name nobody sent.
export function customerOf(call: CallParties): { number: string; name: string } {
  return call.direction === 'out'
    ? { number: call.number, name: '' }
    : { number: call.caller, name: call.caller_name };
}

/// Outcomes of all its work, each once.
export function statusesOf(call: Pick<CallRow, 'activities'>): Status[] {
  const all = call.activities.flatMap((work) => work.statuses);
  return all.filter((status, i) => all.findIndex((other) => other.name === status.name) === i);
}

export const notesOf = (call: Pick<CallRow, 'activities'>): string =>
  call.activities
    .map((work) => work.note)
    .filter(Boolean)
    .join(' · ');

/// The number of a call in an address: `7`, or `activitiesCall_7` of other programs.
export const idIn = (name: string): string => /(\d+)$/.exec(name)?.[1] ?? '';
