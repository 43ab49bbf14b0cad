// The frame of every screen: bar, navigation, work list, and the screen itself.
import { useMediaQuery } from '@mantine/hooks';
import { Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';

import { withMore } from '../../i18n';
import { startLive, useFollowRights, useLive, useMe, workOf } from '../../live';
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
import { LinkBanner } from './LinkBanner';
import { Nav } from './Nav';
import { TopBar } from './TopBar';
import { useAnswered } from './useAnswered';
import { useKeys } from './useKeys';
import { usePhoneLine } from './usePhoneLine';
import { useTaken } from './useTaken';
import './frame.css';

/// With the words by which it finds pages; both come once somebody is signed in. Not by React's lazy(), which shows it a
/// moment after the key that opens it: who types at once would type beside it.
function useCommandMenu() {
  const [menu, setMenu] = useState<{ Menu: ComponentType } | null>(null);
  useEffect(() => {
    void withMore(import('./CommandMenu')).then(({ CommandMenu: Menu }) => setMenu({ Menu }));
  }, []);
  return menu?.Menu;
}

function useOffers() {
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  return useMemo(() => workOf({ activities, me }).offers, [activities, me]);
}

/// Ways past the bar and the navigation for those who go by Tab; each is seen when it has the focus.
function Skips({ listed }: { listed: boolean }) {
  const { t } = useTranslation();
  const toTable = () => {
    const row = document.querySelector<HTMLElement>('main .lk-table__open, main .lk-table [tabindex], main .lk-table');
    row?.focus();
  };
  return (
    <nav aria-label={t('frame.skips')}>
      <a className="lk-skip" href="#main">
        {t('frame.skip')}
      </a>
      {listed && (
        <a className="lk-skip" href="#work-list">
          {t('frame.skip_list')}
        </a>
      )}
      <button type="button" className="lk-skip" onClick={toTable}>
        {t('frame.skip_table')}
      </button>
    </nav>
  );
}

export function Frame({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const me = useMe();
  const known = me !== null;
  const offers = useOffers();
  const onDesk = useLocation().pathname === '/';
  const narrow = useMediaQuery('(max-width: 50rem)');
  const commands = useShown((shown) => shown.menu === 'commands');
  const CommandMenu = useCommandMenu();
  const [listOpen, setListOpen] = useState(false);
  useEffect(() => {
    startLive();
  }, []);
  usePhoneLine();
  useKeys(offers, onDesk);
  useAnswered();
  useTaken();
  useFollowRights();
  const listed = onDesk && !narrow;
  return (
    <FixesProvider>
      <Skips listed={listed} />
      <div className="lk-frame" data-list={listed || undefined}>
        <TopBar demo={demo} listed={listed} onList={narrow ? () => setListOpen(true) : undefined} />
        <Nav />
        {listed && (
          <aside id="work-list" className="lk-frame__list" aria-label={t('frame.work_list')} tabIndex={-1}>
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
          <div className="lk-frame__page">
            {known ? (
              <Pane>
                <Outlet />
              </Pane>
            ) : (
              <div className="lk-page">
                <Waiting />
              </div>
            )}
          </div>
        </main>
      </div>
      <Side left opened={Boolean(narrow) && listOpen} onClose={() => setListOpen(false)} title={t('frame.work_list')}>
        <WorkList inDrawer />
      </Side>
      {commands && CommandMenu && <CommandMenu />}
      <Announcer offers={offers} />
    </FixesProvider>
  );
}
