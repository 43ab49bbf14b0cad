// Keys that work on every screen. Function keys always; letters only while nothing is typed.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import type { Activity } from '../../api/types';
import { deskWork, neighbour, useLive, workOf } from '../../live';
import { actOf, useActs } from '../work/acts';
import { useCurrentCall } from '../work/CallStrip';
import { goToDesk, openMenu, openPanel, showActivity, useShown } from '../work/menus';

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

const places: Record<string, '/' | '/calls' | '/realtime' | '/statistics' | '/manage' | '/help'> = {
  KeyD: '/',
  KeyA: '/calls',
  KeyR: '/realtime',
  KeyS: '/statistics',
  KeyM: '/manage',
  KeyH: '/help',
};

const steps: Record<string, 1 | -1> = { KeyJ: 1, KeyK: -1 };

function chosenBeside(step: 1 | -1): string | null {
  const { mine } = workOf(useLive.getState());
  return neighbour(mine, deskWork(mine, useShown.getState().activity)?.name ?? null, step);
}

/// Esc on the desk puts the work aside, unless something is open that it closes.
function useEscape(onDesk: boolean): void {
  useEffect(() => {
    if (!onDesk) return undefined;
    const onKey = (event: KeyboardEvent) => {
      const free = !typing(event.target) && document.querySelector('[role="dialog"]') === null;
      if (event.key === 'Escape' && free) goToDesk(true);
    };
    // Before those that close what is open, so that it is seen.
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [onDesk]);
}

export function useKeys(offers: Activity[], onDesk: boolean): void {
  const navigate = useNavigate();
  const call = useCurrentCall();
  const { act } = useActs();
  const going = useRef(0);
  useEscape(onDesk);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      // Where a call cannot be answered here, the server's refusal says why.
      const wanted = plain ? actOf(event.key, event.shiftKey, call, offers[0]) : null;
      if (wanted) {
        event.preventDefault();
        if (event.repeat) return;
        if (wanted.do === 'transfer') openPanel('transfer');
        else void act(wanted);
        return;
      }
      if (event.altKey && !event.ctrlKey && event.code === 'KeyP') {
        event.preventDefault();
        openMenu('pauses');
        return;
      }
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.code === 'KeyK') {
        event.preventDefault();
        openMenu('commands');
        return;
      }
      // A list that goes through its own rows by the same keys has had it.
      if (!plain || event.defaultPrevented || typing(event.target)) return;
      const place = places[event.code];
      const step = steps[event.code];
      if (event.code === 'KeyG') going.current = Date.now();
      else if (place && Date.now() - going.current < 1500) {
        if (place === '/') goToDesk(onDesk);
        void navigate({ to: place });
      }
      else if (event.key === '?') void navigate({ to: '/help', hash: 'keys' });
      else if (step) {
        const name = chosenBeside(step);
        if (name) void navigate({ to: '/' }).then(() => showActivity(name));
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [offers, onDesk, call, act, navigate]);
}
