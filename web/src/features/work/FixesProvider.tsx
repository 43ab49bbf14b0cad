// Gives every screen the buttons that mend the server's blockers.
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Blocker, Me } from '../../api/types';
import { v6 } from '../../api/v6';
import { useLive, useMay, useMe } from '../../live';
import { Fixes, type Fix, type Said } from '../../ui/Reasons';
import { deedsFor, isWrap, lackOf, supplyOf, type Deed, type Made } from './fixes';
import { openMenu } from './menus';
import { useDeed } from './useDeed';

/// Asked only for whoever may be told to make or assign something.
function useMade(me: Me | null): Made {
  const queues = useLive((live) => live.queues);
  const allows = useMay();
  const [sipDevices, make, assign] = [allows('sipDevices', 'create'), allows('queues', 'create'), allows('users', 'update')];
  const devices = useQuery({
    queryKey: ['v6', 'sipDevices', 'all'],
    queryFn: () => v6.all('sipDevices'),
    enabled: allows('sipDevices', 'read') && (sipDevices || assign) && me?.devices.length === 0,
  });
  const some = (devices.data?.data.length ?? 0) > 0;
  return useMemo(
    () => ({ devices: some, queues: Object.values(queues), may: { sipDevices, queues: make, assign } }),
    [some, queues, sipDevices, make, assign],
  );
}

export function FixesProvider({ children }: { children: ReactNode }) {
  const me = useMe();
  const made = useMade(me);
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
          return { label: t(me?.pause?.type === 'wrap' ? 'state.act_done' : 'fix.end_pause'), run: () => void run('fix', () => deeds.pause(null)) };
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
            run: () => void navigate({ to: '/manage/$resource', params: { resource: deed.what }, search: { edit: '+' } }),
          };
        case 'assign':
          return {
            label: t(deed.what === 'queues' ? 'fix.assign_queue' : 'fix.assign_device'),
            run: () => void navigate({ to: '/manage/$resource', params: { resource: 'users' }, search: { edit: me?.user.name } }),
          };
      }
    };
    return {
      of: (blocker: Blocker): Fix[] => (me ? deedsFor(blocker, me, made).map(fixOf) : []),
      said: (blocker: Blocker): Said => {
        if (me && isWrap(blocker, me)) return { text: t('lack.wrap'), fix: '', subjects: [] };
        if (blocker.code === 'paused' && me?.pause?.type === 'lajdak') return { ...blocker, subjects: [t('state.missed')] };
        const lack = me && lackOf(blocker, me);
        if (!lack) return blocker;
        return { ...blocker, fix: t(supplyOf(lack, blocker, made).length > 0 ? `lack.${lack}_admin` : `lack.${lack}`) };
      },
    };
  }, [me, made, run, t, navigate]);
  return <Fixes.Provider value={fixes}>{children}</Fixes.Provider>;
}
