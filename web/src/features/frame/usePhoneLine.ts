// Makes this page the telephone while its user is logged in to a web device.
import { useEffect } from 'react';

import { onPush, sendPush, useLive } from '../../live';
import { announce, hearServer, startPhone, stopPhone, unlockSound, usePhone, type FromServer } from '../../phone';

export function usePhoneLine(): void {
  const web = useLive((live) => live.me?.devices.find((each) => each.type === 'web'));
  const device = web?.name ?? null;
  const reachable = web?.reachable ?? false;
  const known = useLive((live) => live.me !== null);
  useEffect(() => {
    if (device) startPhone(device, sendPush);
    else if (known) stopPhone(true);
  }, [device, known]);
  // Nobody is the phone any more, whatever this page was told before.
  useEffect(() => {
    if (device && !reachable && usePhone.getState().status === 'elsewhere') announce();
  }, [device, reachable]);
  useEffect(
    () =>
      onPush((message) => {
        if (message.type === 'snapshot') announce();
        else if (message.type.startsWith('phone.')) hearServer(message as unknown as FromServer);
      }),
    [],
  );
  useEffect(() => {
    const unlock = () => void unlockSound();
    addEventListener('pointerdown', unlock);
    addEventListener('keydown', unlock);
    return () => {
      removeEventListener('pointerdown', unlock);
      removeEventListener('keydown', unlock);
    };
  }, []);
}
