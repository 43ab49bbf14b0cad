// Gives every screen the buttons that mend the server's blockers.
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Blocker } from '../../api/types';
import { useMe } from '../../live';
import { Fixes, type Fix } from '../../ui/Reasons';
import { deedsFor, lackOf, type Deed } from './fixes';
import { openMenu } from './menus';
import { useDeed } from './useDeed';

export function FixesProvider({ children }: { children: ReactNode }) {
  const me = useMe();
  const { run } = useDeed();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const fixes = useMemo(() => {
    const fixOf = (deed: Deed): Fix => {
      switch (deed.do) {
        case 'log_in':
          return { label: t('fix.log_in'), run: () => void run('fix', deeds.logIn) };
        case 'ready':
          return { label: t('fix.ready'), run: () => void run('fix', deeds.ready) };
        case 'end_pause':
          return { label: t('fix.end_pause'), run: () => void run('fix', () => deeds.pause(null)) };
        case 'device_in':
          return {
            label: t('fix.device_in', { title: deed.title }),
            run: () => void run('fix', () => deeds.devices([deed.name], [])),
          };
        case 'devices_out':
          return {
            label: t('fix.devices_out', { title: deed.title }),
            run: () => void run('fix', () => deeds.devices([], deed.names)),
          };
        case 'queue_in':
          return {
            label: t('fix.queue_in', { title: deed.title }),
            run: () => void run('fix', () => deeds.queues([deed.name], [])),
          };
        case 'open':
          return {
            label: t(deed.menu === 'devices' ? 'fix.open_devices' : 'fix.open_queues'),
            run: () => openMenu(deed.menu),
          };
        case 'make':
          return {
            label: t(deed.what === 'queues' ? 'fix.make_queue' : 'fix.make_device'),
            run: () => void navigate({ to: '/manage/$resource', params: { resource: deed.what } }),
          };
      }
    };
    return {
      of: (blocker: Blocker): Fix[] => (me ? deedsFor(blocker, me).map(fixOf) : []),
      instead: (blocker: Blocker): string | null => {
        const lack = me && lackOf(blocker, me);
        if (!lack) return null;
        return t(me.user.access === 'admin' ? `lack.${lack}_admin` : `lack.${lack}`);
      },
    };
  }, [me, run, t, navigate]);
  return <Fixes.Provider value={fixes}>{children}</Fixes.Provider>;
}
