import { ActionIcon } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../live';
import { Logo } from '../../ui/Logo';
import { CallStrip } from '../work/CallStrip';
import { DevicesMenu } from './DevicesMenu';
import { PauseMenu } from './PauseMenu';
import { QueuesMenu } from './QueuesMenu';
import { StateMenu } from './StateMenu';
import { UserMenu } from './UserMenu';

export function TopBar({ demo, onList }: { demo: boolean; onList?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <header className="lk-bar">
      {onList && (
        <ActionIcon onClick={onList} aria-label={t('frame.work_list')}>
          <IconListDetails size={18} aria-hidden />
        </ActionIcon>
      )}
      <Link to="/" className="lk-bar__logo">
        <Logo size={22} />
        <span className="lk-bar__word">Linka</span>
        {demo && <span className="lk-bar__demo">{t('frame.demo')}</span>}
      </Link>
      <div className="lk-bar__middle">
        <CallStrip />
      </div>
      {me && (
        <>
          <StateMenu me={me} />
          <DevicesMenu me={me} />
          <QueuesMenu me={me} />
          <PauseMenu me={me} />
          <UserMenu me={me} />
        </>
      )}
    </header>
  );
}
