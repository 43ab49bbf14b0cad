// The web phone's own word, when there is something to say: another tab, no microphone, no sound.
import { Button } from '@mantine/core';
import { IconDeviceMobile, IconMicrophone, IconMicrophoneOff, IconVolumeOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { takePhoneOver, tryMicrophone, usePhone } from '../../phone';

function browser(): 'firefox' | 'safari' | 'chrome' {
  const agent = navigator.userAgent;
  if (agent.includes('Firefox/')) return 'firefox';
  return agent.includes('Chrome/') ? 'chrome' : 'safari';
}

/// Firefox gathers no candidates on the loopback, so that there is no way to a server on this computer.
const isLoopback = (host: string): boolean => /^(localhost|127\.|\[?::1)/.test(host);

function Said({ icon, title, children, action }: { icon: ReactNode; title?: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="lk-row">
      {icon}
      <div className="lk-grow">
        {title && <strong>{title}</strong>}
        {children && <p>{children}</p>}
      </div>
      {action}
    </div>
  );
}

function Microphone() {
  const { t } = useTranslation();
  const microphone = usePhone((line) => line.microphone);
  const talks = usePhone((line) => line.legs.some((leg) => leg.state === 'up'));
  const changedTo = usePhone((line) => line.changedTo);
  if (microphone === 'denied' || microphone === 'missing') {
    const title = microphone === 'denied' ? 'phone.denied' : talks ? 'phone.lost' : 'phone.missing';
    return (
      <Said
        icon={<IconMicrophoneOff size={18} aria-hidden />}
        title={t(title)}
        action={<Button onClick={() => void tryMicrophone()}>{t('common.retry')}</Button>}
      >
        {microphone === 'denied' ? t(`phone.allow_${browser()}`) : t('phone.plug_in')}
      </Said>
    );
  }
  if (changedTo === null) return null;
  return <Said icon={<IconMicrophone size={18} aria-hidden />}>{t('phone.changed', { device: changedTo || '–' })}</Said>;
}

function Silent() {
  const { t } = useTranslation();
  const host = location.host;
  const alone = browser() === 'firefox' && isLoopback(location.hostname);
  return (
    <Said icon={<IconVolumeOff size={18} aria-hidden />} title={t('phone.silent')}>
      {alone ? t('phone.silent_firefox', { host }) : t('phone.silent_network')}
    </Said>
  );
}

export function PhonePanel() {
  const { t } = useTranslation();
  const { status, device, microphone, refusal, changedTo } = usePhone();
  const silent = usePhone((line) => line.legs.some((leg) => leg.state === 'up' && leg.sound === 'blocked'));
  if (status === 'off') return null;
  const elsewhere = status === 'other_tab' || status === 'elsewhere';
  const aboutMicrophone = !elsewhere && (microphone === 'denied' || microphone === 'missing' || changedTo !== null);
  if (!elsewhere && !aboutMicrophone && !silent && status !== 'refused') return null;
  return (
    <div className="lk-phone lk-tone-ringing" role="status">
      {elsewhere && (
        <Said
          icon={<IconDeviceMobile size={18} aria-hidden />}
          action={<Button onClick={takePhoneOver}>{t('phone.take_over')}</Button>}
        >
          {t(status === 'other_tab' ? 'phone.other_tab' : 'phone.elsewhere', { device: device ?? '' })}
        </Said>
      )}
      {status === 'refused' && <p>{refusal}</p>}
      {aboutMicrophone && <Microphone />}
      {silent && <Silent />}
    </div>
  );
}
