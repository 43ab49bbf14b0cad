import { Button } from '@mantine/core';
import { IconVolumeOff, IconWifiOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { reconnectNow, useLive } from '../../live';
import { soundBlocked, unlockSound, usePhone } from '../../phone';
import { useNow } from '../../ui/clock';
import { duration } from '../../ui/format';

/// Says that the server is out of reach and when the next try is; and that the browser is silent.
export function LinkBanner() {
  const { t } = useTranslation();
  const link = useLive((live) => live.link);
  const known = useLive((live) => live.me !== null);
  const ringing = usePhone((line) => line.legs.some((leg) => leg.state === 'ringing'));
  useNow();
  const down = link.downSince !== null && (Date.now() - link.downSince > 3000 || !known);
  return (
    <div aria-live="polite">
      {down && (
        <div className="lk-banner lk-tone-danger">
          <IconWifiOff size={18} aria-hidden />
          <span className="lk-grow">
            {t('frame.offline')}{' '}
            {link.retryAt !== null &&
              t('frame.retry_in', { time: duration((link.retryAt - Date.now()) / 1000 + 1) })}
          </span>
          <Button onClick={reconnectNow}>{t('common.retry')}</Button>
        </div>
      )}
      {ringing && soundBlocked() && (
        <div className="lk-banner lk-tone-ringing">
          <IconVolumeOff size={18} aria-hidden />
          <span className="lk-grow">{t('frame.sound_blocked')}</span>
          <Button onClick={() => void unlockSound()}>{t('frame.sound_on')}</Button>
        </div>
      )}
    </div>
  );
}
