// The shift as it reads: one row a call. Plain functions.
import type { Activity } from '../../api/types';

/// Most telling first: of a call that waits and rings, the ringing.
const rank: Record<string, number> = { talking: 0, hold: 1, dialling: 2, ringing: 3, waiting: 4, postponed: 5 };

export interface CallNow {
  key: string;
  /// What stands for the call.
  activity: Activity;
  /// Whom it rings at, or who has it.
  people: string[];
}

/// Calls that go on, each once, however many activities it has.
export function callsNow(activities: Activity[]): CallNow[] {
  const calls = new Map<string, Activity[]>();
  for (const activity of activities) {
    if (activity.finished !== null || activity.state === 'postponed') continue;
    const key = String(activity.interaction);
    calls.set(key, [...(calls.get(key) ?? []), activity]);
  }
  return [...calls].flatMap(([key, all]) => {
    const [first] = [...all].sort((a, b) => (rank[a.state] ?? 9) - (rank[b.state] ?? 9));
    if (!first) return [];
    const same = all.filter((activity) => activity.state === first.state);
    return { key, activity: first, people: same.flatMap((activity) => activity.user?.title ?? []) };
  });
}
