// The frame of every screen: bar, navigation, work list, and the screen itself.
import { useMediaQuery } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { startLive, useLive, useMe, workOf } from '../../live';
import { Pane } from '../../ui/Pane';
import { Side } from '../../ui/Side';
import { Waiting } from '../../ui/States';
import { RemoveDemo } from '../demo/RemoveDemo';
import { Ribbon } from '../demo/Ribbon';
import { useShown } from '../work/menus';
import { FixesProvider } from '../work/FixesProvider';
import { PhonePanel } from '../work/PhonePanel';
import { WorkList } from '../work/WorkList';
import { Announcer } from './Announcer';
import { CommandMenu } from './CommandMenu';
import { LinkBanner } from './LinkBanner';
import { Nav } from './Nav';
import { TopBar } from './TopBar';
import { useKeys } from './useKeys';
import { usePhoneLine } from './usePhoneLine';
import './frame.css';

function useOffers() {
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  return useMemo(() => workOf({ activities, me }).offers, [activities, me]);
}

export function Frame({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const known = me !== null;
  const offers = useOffers();
  const onDesk = useLocation().pathname === '/';
  const narrow = useMediaQuery('(max-width: 800px)');
  const commands = useShown((shown) => shown.menu === 'commands');
  const [listOpen, setListOpen] = useState(false);
  useEffect(() => {
    startLive();
  }, []);
  usePhoneLine();
  useKeys(offers);
  const listShown = onDesk || offers.length > 0;
  return (
    <FixesProvider>
      <a className="lk-skip" href="#main">
        {t('frame.skip')}
      </a>
      <div className="lk-frame" data-list={(listShown && !narrow) || undefined}>
        <TopBar demo={demo} onList={narrow ? () => setListOpen(true) : undefined} />
        <Nav />
        {listShown && !narrow && (
          <aside className="lk-frame__list" aria-label={t('frame.work_list')}>
            <Pane>
              <WorkList />
            </Pane>
          </aside>
        )}
        <main id="main" className="lk-frame__main" tabIndex={-1}>
          {demo && me && (
            <Ribbon me={me}>
              <RemoveDemo />
            </Ribbon>
          )}
          <LinkBanner />
          <PhonePanel />
          {known ? (
            <Pane>
              <Outlet />
            </Pane>
          ) : (
            <div className="lk-page">
              <Waiting />
            </div>
          )}
        </main>
      </div>
      {narrow && (
        <Side
          left
          opened={listOpen || offers.length > 0}
          onClose={() => setListOpen(false)}
          title={t('frame.work_list')}
        >
          <WorkList />
        </Side>
      )}
      {commands && <CommandMenu />}
      <Announcer offers={offers} />
    </FixesProvider>
  );
}
