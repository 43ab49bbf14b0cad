import {
  IconAdjustments,
  IconChartBar,
  IconClock,
  IconDeviceLandlinePhone,
  IconHeadset,
  IconHelpCircle,
  IconHistory,
  IconIdBadge2,
  IconKey,
  IconLayoutDashboard,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOutgoing,
  IconPlayerPause,
  IconPlugConnected,
  IconSettings,
  IconSpeakerphone,
  IconStack2,
  IconTag,
  IconUsers,
  IconUsersGroup,
  IconWorld,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { rightsTo, useMe, useRights } from '../../live';
import { goToDesk } from '../work/menus';

const screens = [
  { to: '/', key: 'desk', icon: IconHeadset },
  { to: '/calls', key: 'calls', icon: IconPhoneCall },
  { to: '/realtime', key: 'realtime', icon: IconLayoutDashboard },
  { to: '/statistics', key: 'statistics', icon: IconChartBar },
] as const;

const manage = [
  { resource: 'users', icon: IconUsers },
  { resource: 'sipDevices', icon: IconDeviceLandlinePhone },
  { resource: 'queues', icon: IconUsersGroup },
  { resource: 'inboundRoutes', icon: IconPhoneIncoming },
  { resource: 'ringGroups', icon: IconPhoneCall },
  { resource: 'timegroups', icon: IconClock },
  { resource: 'trunks', icon: IconPlugConnected },
  { resource: 'recordings', icon: IconSpeakerphone },
  { resource: 'pauses', icon: IconPlayerPause },
  { resource: 'statuses', icon: IconTag },
  { resource: 'groups', icon: IconStack2 },
  { resource: 'roles', icon: IconKey },
  { resource: 'rightsToCall', icon: IconPhoneOutgoing },
  { resource: 'profiles', icon: IconIdBadge2 },
  { resource: 'settings', icon: IconWorld },
  { resource: 'auditLog', icon: IconHistory },
] as const;

/// What of it this person may open. Whose own work is all that they see has no use for lists of records, unless they
/// may change some.
export function useManaged() {
  const access = useMe()?.user.access;
  const rights = useRights();
  const leads = access === 'admin' || access === 'manager';
  const changes = manage.some(({ resource }) => rightsTo(rights, resource).some((operation) => operation !== 'read'));
  return leads || changes ? manage.filter(({ resource }) => rightsTo(rights, resource).includes('read')) : [];
}

const last = [
  { to: '/settings', key: 'settings', icon: IconSettings },
  { to: '/help', key: 'help', icon: IconHelpCircle },
] as const;

const active = { exact: true, includeSearch: false };

export function Nav() {
  const { t } = useTranslation();
  const onDesk = useLocation().pathname === '/';
  const managed = useManaged();
  return (
    <nav className="lk-nav" aria-label={t('frame.nav')}>
      {screens.map(({ to, key, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ ...active, exact: to === '/' }} title={t(`nav.${key}`)} onClick={to === '/' ? () => goToDesk(onDesk) : undefined}>
          <Icon size={18} stroke={1.7} aria-hidden />
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
      {managed.length > 0 && (
        <>
          <Link to="/manage" activeOptions={active} title={t('nav.manage')}>
            <IconAdjustments size={18} stroke={1.7} aria-hidden />
            <span>{t('nav.manage')}</span>
          </Link>
          <div className="lk-nav__sub">
            {managed.map(({ resource, icon: Icon }) => (
              <Link
                key={resource}
                to="/manage/$resource"
                params={{ resource }}
                activeOptions={{ includeSearch: false }}
                title={t(`manage.${resource}.title`)}
              >
                <Icon size={16} stroke={1.7} aria-hidden />
                <span>{t(`manage.${resource}.title`)}</span>
              </Link>
            ))}
          </div>
        </>
      )}
      {last.map(({ to, key, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={active} title={t(`nav.${key}`)}>
          <Icon size={18} stroke={1.7} aria-hidden />
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
    </nav>
  );
}
