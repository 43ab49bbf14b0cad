// What is written about an activity before it is saved. Kept in this tab, so a reload loses nothing.
import { create } from 'zustand';

export interface Draft {
  statuses: string[];
  note: string;
}

const key = 'linka.drafts';
const empty: Draft = { statuses: [], note: '' };

function stored(): Record<string, Draft> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '{}') as Record<string, Draft>;
  } catch {
    return {};
  }
}

const useDrafts = create<Record<string, Draft>>(stored);
useDrafts.subscribe((drafts) => sessionStorage.setItem(key, JSON.stringify(drafts)));

export function useDraft(activity: string): [Draft, (change: Partial<Draft>) => void] {
  const draft = useDrafts((drafts) => drafts[activity]) ?? empty;
  return [draft, (change) => useDrafts.setState({ [activity]: { ...draft, ...change } })];
}

export function forgetDraft(activity: string): void {
  const { [activity]: _, ...rest } = useDrafts.getState();
  useDrafts.setState(rest, true);
}
