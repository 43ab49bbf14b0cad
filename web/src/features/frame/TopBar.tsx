import { ActionIcon, Button } from '@mantine/core';
import { IconListDetails, IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../live';
import { Logo } from '../../ui/Logo';
import { BarOffers } from '../work/BarOffers';
import { CallStrip, useCurrentCall } from '../work/CallStrip';
import { goToDesk, openMenu } from '../work/menus';
import { DevicesMenu } from './DevicesMenu';
import { PauseMenu } from './PauseMenu';
import { QueuesMenu } from './QueuesMenu';
import { StateMenu } from './StateMenu';
import { UserMenu } from './UserMenu';

interface Props {
  demo: boolean;
  /// The work list stands beside, and the offers in it.
  listed: boolean;
  onList?: () => void;
}

/// Opens what Ctrl+K opens.
function Search() {
  const { t } = useTranslation();
  return (
    <Button
      className="lk-search"
      px={8}
      justify="flex-start"
      leftSection={<IconSearch size={16} aria-hidden />}
      aria-label={t('commands.search')}
      aria-keyshortcuts="Control+K"
      title={`${t('commands.title')} (Ctrl+K)`}
      onClick={() => openMenu('commands')}
    >
      <span className="lk-search__text lk-cut">{t('commands.search')}</span>
      {/* The keys are drawn by the style sheet: they are no part of the name. */}
      <kbd className="lk-kbd" aria-hidden />
    </Button>
  );
}

export function TopBar({ demo, listed, onList }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const call = useCurrentCall();
  const onDesk = useLocation().pathname === '/';
  return (
    <header className="lk-bar">
      {onList && (
        <ActionIcon onClick={onList} aria-label={t('frame.work_list')}>
          <IconListDetails size={18} aria-hidden />
        </ActionIcon>
      )}
      <Link to="/" className="lk-bar__logo" onClick={() => goToDesk(onDesk)}>
        <Logo size={22} />
        <span className="lk-bar__word">Linka</span>
        {demo && <span className="lk-bar__demo">{t('frame.demo')}</span>}
      </Link>
      {me && <Search />}
      <div className="lk-bar__middle">
        {call && <CallStrip call={call} />}
        {!listed && <BarOffers beside={call !== null} />}
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
