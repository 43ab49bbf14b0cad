// What is written about an activity before it is saved. Kept in this browser and the same in all its tabs,
// so that neither a reload nor a closed tab loses anything.
import { create } from 'zustand';

export interface Draft {
  statuses: string[];
  note: string;
}

type Drafts = Record<string, Draft>;

const key = 'linka.drafts';
/// The oldest go first: work closed in another browser leaves its draft behind.
const most = 50;
const empty: Draft = { statuses: [], note: '' };

/// The drafts with one changed, the newest last.
export function drafted(drafts: Drafts, activity: string, change: Partial<Draft>): Drafts {
  const { [activity]: before = empty, ...rest } = drafts;
  const all = { ...rest, [activity]: { ...before, ...change } };
  return Object.fromEntries(Object.entries(all).slice(-most));
}

function stored(): Drafts {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Drafts;
  } catch {
    return {};
  }
}

const useDrafts = create<Drafts>(() => (typeof localStorage === 'undefined' ? {} : stored()));

function keep(drafts: Drafts): void {
  useDrafts.setState(drafts, true);
  localStorage.setItem(key, JSON.stringify(drafts));
}

if (typeof window !== 'undefined') {
  // Another tab wrote.
  addEventListener('storage', (event) => {
    if (event.key === key) useDrafts.setState(stored(), true);
  });
}

/// `saved` is what the server has, until something is written here.
export function useDraft(activity: string, saved = ''): [Draft, (change: Partial<Draft>) => void] {
  const draft = useDrafts((drafts) => drafts[activity]);
  const shown = draft ?? (saved ? { ...empty, note: saved } : empty);
  return [shown, (change) => keep(drafted(useDrafts.getState(), activity, { ...shown, ...change }))];
}

export function forgetDraft(activity: string): void {
  const { [activity]: _, ...rest } = useDrafts.getState();
  keep(rest);
}
