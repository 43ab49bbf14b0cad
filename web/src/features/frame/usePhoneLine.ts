// Makes this page the telephone while its user is logged in to a web device.
import { useEffect } from 'react';

import { onPush, sendPush, useLive } from '../../live';
import { announce, hearServer, startPhone, stopPhone, unlockSound, type FromServer } from '../../phone';

export function usePhoneLine(): void {
  const device = useLive(
    (live) => live.me?.devices.find((each) => each.type === 'web')?.name ?? null,
  );
  const known = useLive((live) => live.me !== null);
  useEffect(() => {
    if (device) startPhone(device, sendPush);
    else if (known) stopPhone(true);
  }, [device, known]);
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
