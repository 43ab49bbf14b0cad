// Which menu of the top bar is open, so that other places can open it; and which work is shown.
import { create } from 'zustand';

export type MenuName = 'state' | 'devices' | 'queues' | 'pauses' | 'user' | 'commands' | null;
/// What the strip of the call has open.
export type StripPanel = 'keypad' | 'transfer' | null;

interface Shown {
  menu: MenuName;
  panel: StripPanel;
  activity: string | null;
  /// Offers that came to nothing, newest first.
  missed: Missed[];
}

export interface Missed {
  activity: string;
  name: string;
  number: string;
  queue: string;
  at: number;
}

export const useShown = create<Shown>(() => ({ menu: null, panel: null, activity: null, missed: [] }));

export const openMenu = (menu: MenuName): void => useShown.setState({ menu });
export const openPanel = (panel: StripPanel): void => useShown.setState({ panel });
export const showActivity = (activity: string | null): void => useShown.setState({ activity });

export function noteMissed(missed: Missed): void {
  useShown.setState((shown) =>
    shown.missed.some((each) => each.activity === missed.activity)
      ? shown
      : { missed: [missed, ...shown.missed].slice(0, 10) },
  );
}

export function forgetMissed(activity: string): void {
  useShown.setState((shown) => ({
    missed: shown.missed.filter((each) => each.activity !== activity),
  }));
}
