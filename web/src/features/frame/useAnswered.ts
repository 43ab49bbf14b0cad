// Brings what has just become mine to the desk, wherever I am: the call that I answered, on whatever
// device, or the one that I dialled. What I wrote about other work stays where it is.
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

import { newlyMine, useLive } from '../../live';
import { showActivity } from '../work/menus';

export function useAnswered(): void {
  const navigate = useNavigate();
  useEffect(
    () =>
      useLive.subscribe((now, before) => {
        const name = now.link.up ? newlyMine(before, now) : null;
        if (!name) return;
        showActivity(name);
        void navigate({ to: '/' });
      }),
    [navigate],
  );
}
