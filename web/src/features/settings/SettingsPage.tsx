// What is mine alone: language, theme, sound, notifications.
import { Button } from '@mantine/core';
import { IconBell, IconVolume } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { who } from '../../api/session';
import type { Me } from '../../api/types';
import { restartLive, useMe } from '../../live';
import { LanguageSwitch, ThemeSwitch } from '../work/Switches';
import { AudioSettings } from './AudioSettings';
import { OwnPassword } from './OwnPassword';

function Notifications() {
  const { t } = useTranslation();
  const supported = 'Notification' in window;
  const [allowed, setAllowed] = useState(supported ? Notification.permission : 'denied');
  return (
    <section className="lk-card lk-stack" aria-label={t('settings.notifications')}>
      <h2>{t('settings.notifications')}</h2>
      <p className="lk-muted">{t('settings.notifications_about')}</p>
      {allowed === 'granted' && <p>{t('settings.notifications_on')}</p>}
      {allowed === 'denied' && <p>{t('settings.notifications_denied')}</p>}
      {allowed === 'default' && (
        <div>
          <Button
            leftSection={<IconBell size={16} aria-hidden />}
            onClick={() => void Notification.requestPermission().then(setAllowed)}
          >
            {t('settings.notifications_ask')}
          </Button>
        </div>
      )}
    </section>
  );
}

/// A role of the company's own by its title, a built-in one by its word here.
function Role({ access }: { access: Me['user']['access'] }) {
  const { t } = useTranslation();
  const { data, isPending } = useQuery({ queryKey: ['v6', 'whoim'], queryFn: who });
  const role = data?.user?.role;
  if (isPending) return '…';
  return role && role.name !== access ? role.title : t(`access.${access}`);
}

export function SettingsPage() {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <div className="lk-page" style={{ maxWidth: 720 }}>
      <h1>{t('nav.settings')}</h1>
      <section className="lk-card lk-stack" aria-label={t('settings.look')}>
        <h2>{t('settings.look')}</h2>
        <div className="lk-row lk-wrap">
          <LanguageSwitch after={restartLive} />
          <ThemeSwitch />
        </div>
      </section>
      <section className="lk-card lk-stack" aria-label={t('settings.sound')}>
        <h2>
          <IconVolume size={16} aria-hidden /> {t('settings.sound')}
        </h2>
        <AudioSettings />
      </section>
      <Notifications />
      {me && (
        <section className="lk-card lk-stack" aria-label={t('settings.account')}>
          <h2>{t('settings.account')}</h2>
          <dl className="lk-facts">
            <dt>{t('sign_in.name')}</dt>
            <dd>{me.user.name}</dd>
            <dt>{t('field.extension')}</dt>
            <dd>{me.user.extension || '–'}</dd>
            <dt>{t('settings.role')}</dt>
            <dd>
              <Role access={me.user.access} />
            </dd>
          </dl>
          <OwnPassword user={me.user.name} />
        </section>
      )}
    </div>
  );
}

