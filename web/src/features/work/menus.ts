// Which menu of the top bar is open, so that other places can open it; and which work is shown.
import { create } from 'zustand';

export type MenuName = 'state' | 'devices' | 'queues' | 'pauses' | 'user' | 'commands' | null;
/// What the strip of the call has open.
export type StripPanel = 'keypad' | 'transfer' | null;

interface Shown {
  menu: MenuName;
  panel: StripPanel;
  activity: string | null;
}

export const useShown = create<Shown>(() => ({ menu: null, panel: null, activity: null }));

export const openMenu = (menu: MenuName): void => useShown.setState({ menu });
export const openPanel = (panel: StripPanel): void => useShown.setState({ panel });
export const showActivity = (activity: string | null): void => useShown.setState({ activity });
