import { Button } from '@mantine/core';
import { IconLogout, IconSettings, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { signOut } from '../../api/session';
import type { Me } from '../../api/types';
import { restartLive, stopLive } from '../../live';
import { stopPhone } from '../../phone';
import { openMenu } from '../work/menus';
import { LanguageSwitch, ThemeSwitch } from '../work/Switches';
import { BarMenu } from './BarMenu';

export function UserMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const leave = async () => {
    openMenu(null);
    stopPhone(true);
    await signOut();
    stopLive();
    location.assign('/login');
  };
  return (
    <BarMenu
      name="user"
      icon={<IconUser size={18} aria-hidden />}
      label={t('user.title')}
      text={me.user.title}
    >
      <div>
        <h2>{me.user.title}</h2>
        <div className="lk-muted">
          {me.user.name} · {t('user.extension')} {me.user.extension || '–'} · {t(`access.${me.user.access}`)}
        </div>
      </div>
      <LanguageSwitch after={restartLive} />
      <ThemeSwitch />
      <Button
        variant="subtle"
        justify="flex-start"
        leftSection={<IconSettings size={16} aria-hidden />}
        onClick={() => {
          openMenu(null);
          void navigate({ to: '/settings' });
        }}
      >
        {t('nav.settings')}
      </Button>
      <Button
        variant="subtle"
        justify="flex-start"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={() => void leave()}
      >
        {t('user.log_out')}
      </Button>
    </BarMenu>
  );
}
