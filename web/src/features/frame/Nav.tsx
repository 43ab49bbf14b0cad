import {
  IconAdjustments,
  IconChartBar,
  IconDeviceLandlinePhone,
  IconHeadset,
  IconHelpCircle,
  IconLayoutDashboard,
  IconPhoneCall,
  IconPlayerPause,
  IconSettings,
  IconTag,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../live';
import { goToDesk } from '../work/menus';

const screens = [
  { to: '/', key: 'desk', icon: IconHeadset },
  { to: '/calls', key: 'calls', icon: IconPhoneCall },
  { to: '/realtime', key: 'realtime', icon: IconLayoutDashboard },
  { to: '/statistics', key: 'statistics', icon: IconChartBar },
] as const;

/// What can be set up, for the menu of commands, too.
export const manage = [
  { resource: 'users', icon: IconUsers },
  { resource: 'sipDevices', icon: IconDeviceLandlinePhone },
  { resource: 'queues', icon: IconUsersGroup },
  { resource: 'pauses', icon: IconPlayerPause },
  { resource: 'statuses', icon: IconTag },
] as const;

const last = [
  { to: '/settings', key: 'settings', icon: IconSettings },
  { to: '/help', key: 'help', icon: IconHelpCircle },
] as const;

const active = { exact: true, includeSearch: false };

export function Nav() {
  const { t } = useTranslation();
  const access = useMe()?.user.access;
  const onDesk = useLocation().pathname === '/';
  const manages = access === 'admin' || access === 'manager';
  return (
    <nav className="lk-nav" aria-label={t('frame.nav')}>
      {screens.map(({ to, key, icon: Icon }) => (
        <Link key={to} to={to} activeOptions={{ ...active, exact: to === '/' }} title={t(`nav.${key}`)} onClick={to === '/' ? () => goToDesk(onDesk) : undefined}>
          <Icon size={18} stroke={1.7} aria-hidden />
          <span>{t(`nav.${key}`)}</span>
        </Link>
      ))}
      {manages && (
        <>
          <Link to="/manage" activeOptions={active} title={t('nav.manage')}>
            <IconAdjustments size={18} stroke={1.7} aria-hidden />
            <span>{t('nav.manage')}</span>
          </Link>
          <div className="lk-nav__sub">
            {manage.map(({ resource, icon: Icon }) => (
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
