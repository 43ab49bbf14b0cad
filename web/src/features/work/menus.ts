// Which menu of the top bar is open, so that other places can open it; and which work is shown.
import { useMemo } from 'react';
import { create } from 'zustand';

import { deskWork, theDesk, useLive, workOf } from '../../live';

export type MenuName = 'state' | 'devices' | 'queues' | 'pauses' | 'user' | 'commands' | null;
/// What the strip of the call has open.
export type StripPanel = 'keypad' | 'transfer' | null;

interface Shown {
  menu: MenuName;
  panel: StripPanel;
  /// What I chose; `theDesk` is the desk itself, null nothing yet.
  activity: string | null;
  /// To whom I handed calls over, by the activity that it left me.
  handed: Record<string, string>;
}

export const useShown = create<Shown>(() => ({ menu: null, panel: null, activity: null, handed: {} }));

export const openMenu = (menu: MenuName): void => useShown.setState({ menu });
export const openPanel = (panel: StripPanel): void => useShown.setState({ panel });
export const showActivity = (activity: string | null): void => useShown.setState({ activity });

export const noteHanded = (activity: string, to: string): void =>
  useShown.setState(({ handed }) => ({ handed: { ...handed, [activity]: to } }));

/// The way to the desk: from another screen to the work that I have, on the desk to the desk itself.
export const goToDesk = (onDesk: boolean): void => showActivity(onDesk ? theDesk : null);

/// My work, and which of it the desk shows.
export function useDeskWork() {
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  const chosen = useShown((shown) => shown.activity);
  return useMemo(() => {
    const work = workOf({ activities, me });
    return { ...work, shown: deskWork(work.mine, chosen) };
  }, [activities, me, chosen]);
}
