// Keys that work on every screen. Function keys always; letters only while nothing is typed.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

import { deeds } from '../../api/live';
import type { Activity } from '../../api/types';
import { useCurrentCall } from '../work/CallStrip';
import { openMenu, openPanel } from '../work/menus';
import { useDeed } from '../work/useDeed';

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

export function useKeys(offers: Activity[]): void {
  const navigate = useNavigate();
  const call = useCurrentCall();
  const { run } = useDeed();
  const going = useRef(0);
  useEffect(() => {
    const functionKey = (event: KeyboardEvent): (() => void) | null => {
      const offer = offers[0];
      switch (event.key) {
        case 'F2':
          if (event.shiftKey) return call?.connected ? () => openPanel('transfer') : null;
          // Where it cannot be answered here, the server's refusal says why.
          return offer ? () => void run('accept', () => deeds.accept(offer.name)) : null;
        case 'F4':
          if (offer) return () => void run('reject', () => deeds.reject(offer.name));
          return call && (() => void run('hangup', () => deeds.hangUp(call.name)));
        case 'F8':
          return call && (() => void run('mute', () => deeds.mute(call.name, !call.muted)));
        case 'F9':
          return (
            call &&
            (() => void run('hold', () => (call.held ? deeds.resume(call.name) : deeds.hold(call.name))))
          );
        default:
          return null;
      }
    };
    const onKey = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      const act = plain ? functionKey(event) : null;
      if (act) {
        event.preventDefault();
        if (!event.repeat) act();
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
      if (!plain || typing(event.target)) return;
      const place = places[event.code];
      if (event.code === 'KeyG') going.current = Date.now();
      else if (place && Date.now() - going.current < 1500) void navigate({ to: place });
      else if (event.key === '?') void navigate({ to: '/help', hash: 'keys' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [offers, call, run, navigate]);
}
