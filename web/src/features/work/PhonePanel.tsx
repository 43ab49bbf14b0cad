// The web phone's own word, when there is something to say: another tab, no microphone.
import { Button } from '@mantine/core';
import { IconDeviceMobile, IconMicrophoneOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { openMicrophone, takePhoneOver, usePhone } from '../../phone';

function browser(): 'firefox' | 'safari' | 'chrome' {
  const agent = navigator.userAgent;
  if (agent.includes('Firefox/')) return 'firefox';
  return agent.includes('Chrome/') ? 'chrome' : 'safari';
}

export function PhonePanel() {
  const { t } = useTranslation();
  const { status, device, microphone, refusal } = usePhone();
  if (status === 'off') return null;
  const elsewhere = status === 'other_tab' || status === 'elsewhere';
  const silent = microphone === 'denied' || microphone === 'missing';
  if (!elsewhere && !silent && status !== 'refused') return null;
  return (
    <div className="lk-phone lk-tone-ringing" role="status">
      {elsewhere && (
        <div className="lk-row">
          <IconDeviceMobile size={18} aria-hidden />
          <span className="lk-grow">
            {t(status === 'other_tab' ? 'phone.other_tab' : 'phone.elsewhere', { device: device ?? '' })}
          </span>
          <Button onClick={takePhoneOver}>{t('phone.take_over')}</Button>
        </div>
      )}
      {status === 'refused' && <p>{refusal}</p>}
      {!elsewhere && silent && (
        <div className="lk-row">
          <IconMicrophoneOff size={18} aria-hidden />
          <div className="lk-grow">
            <strong>{t(microphone === 'denied' ? 'phone.denied' : 'phone.missing')}</strong>
            <p>
              {microphone === 'denied' ? t(`phone.allow_${browser()}`) : t('phone.plug_in')}
            </p>
          </div>
          <Button onClick={() => void openMicrophone()}>{t('common.retry')}</Button>
        </div>
      )}
    </div>
  );
}
