// What can be done with calls by a button or by a key: one place for both.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity } from '../../api/types';
import { becomePhone, usePhone } from '../../phone';
import { useDeed } from './useDeed';

export type Act =
  | { do: 'answer' | 'reject'; offer: Activity }
  | { do: 'hang_up' | 'end_consultation' | 'mute' | 'hold'; call: Activity }
  | { do: 'transfer' };

/// What a function key does now. Hanging up means the call in the ear: an offer that arrives in the very
/// moment is not refused by it, so that refusing during a call takes Shift.
export function actOf(key: string, shift: boolean, call: Activity | null, offer: Activity | undefined): Act | null {
  switch (key) {
    case 'F2':
      if (shift) return call?.connected ? { do: 'transfer' } : null;
      return offer ? { do: 'answer', offer } : null;
    case 'F4':
      if (call && !shift) return { do: call.consulting ? 'end_consultation' : 'hang_up', call };
      return offer ? { do: 'reject', offer } : null;
    case 'F8':
      return call?.connected ? { do: 'mute', call } : null;
    case 'F9':
      return call?.connected ? { do: 'hold', call } : null;
    default:
      return null;
  }
}

/// The key that refuses an offer now.
export const rejectKey = (call: Activity | null): string => (call ? 'Shift+F4' : 'F4');

export function useActs() {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const act = useCallback(
    (wanted: Exclude<Act, { do: 'transfer' }>): Promise<boolean> =>
      run(wanted.do, async () => {
        switch (wanted.do) {
          case 'answer':
            // Else the microphone of another browser would open, wherever that is.
            if (usePhone.getState().status === 'elsewhere' && !(await becomePhone())) {
              throw new Error(t('phone.not_taken'));
            }
            return deeds.accept(wanted.offer.name);
          case 'reject':
            return deeds.reject(wanted.offer.name);
          case 'hang_up':
            return deeds.hangUp(wanted.call.name);
          case 'end_consultation':
            return deeds.transfer(wanted.call.name, 'cancel');
          case 'mute':
            return deeds.mute(wanted.call.name, !wanted.call.muted);
          case 'hold':
            return wanted.call.held ? deeds.resume(wanted.call.name) : deeds.hold(wanted.call.name);
        }
      }),
    [run, t],
  );
  return { act, busy };
}
