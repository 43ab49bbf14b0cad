// What I am now, and for each thing that I may want to do whether I can: the heart of the product.
import { Popover, VisuallyHidden } from '@mantine/core';
import {
  IconCircleCheck,
  IconCoffee,
  IconHeadset,
  IconPhone,
  IconPhoneIncoming,
  IconPlayerStop,
  IconPlugConnectedX,
  IconUserOff,
  IconWifiOff,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me } from '../../api/types';
import { reconnectNow, shownState, useLive, type Shown } from '../../live';
import { Action } from '../../ui/Action';
import { useNow } from '../../ui/clock';
import { Since, Until } from '../../ui/Timer';
import { openMenu, useShown } from '../work/menus';
import { Readiness } from '../work/Readiness';
import { useDeed } from '../work/useDeed';
import { useFocusBack } from './useFocusBack';

const icons: Record<Shown['key'], typeof IconPhone> = {
  offline: IconWifiOff,
  logged_out: IconUserOff,
  talking: IconPhone,
  hold: IconPhone,
  ringing: IconPhoneIncoming,
  wrap: IconHeadset,
  missed: IconCoffee,
  paused: IconCoffee,
  working: IconHeadset,
  no_device: IconPlugConnectedX,
  no_queue: IconPlugConnectedX,
  not_ready: IconPlugConnectedX,
  idle: IconCircleCheck,
};

/// Down for more than three seconds is said; shorter is nobody's business.
function useIsConnected(): boolean {
  const link = useLive((live) => live.link);
  const now = useNow();
  void now;
  return link.up || link.downSince === null || Date.now() - link.downSince < 3000;
}

function MainAction({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  const deed = useDeed();
  const { busy } = deed;
  // What was to be done here is done: the next call needs the place.
  const run = (name: string, act: () => Promise<unknown>) =>
    deed.run(name, act).then((ok) => {
      if (ok) openMenu(null);
    });
  switch (shown.key) {
    case 'offline':
      return <Action variant="filled" onClick={reconnectNow}>{t('common.retry')}</Action>;
    case 'logged_out':
      return (
        <Action variant="filled" busy={busy === 'in'} onClick={() => void run('in', deeds.logIn)}>
          {t('state.act_log_in')}
        </Action>
      );
    case 'wrap':
      return (
        <Action variant="filled" busy={busy === 'p'} onClick={() => void run('p', () => deeds.pause(null))}>
          {t('state.act_done')}
        </Action>
      );
    case 'paused':
    case 'missed':
      return (
        <Action variant="filled" busy={busy === 'p'} onClick={() => void run('p', () => deeds.pause(null))}>
          {t(shown.key === 'missed' ? 'state.act_back' : 'state.act_end_pause')}
        </Action>
      );
    case 'not_ready':
      return (
        <Action variant="filled" busy={busy === 'r'} onClick={() => void run('r', deeds.ready)}>
          {t('state.act_ready')}
        </Action>
      );
    case 'no_device':
      return <Action variant="filled" onClick={() => openMenu('devices')}>{t('state.act_device')}</Action>;
    case 'no_queue':
      return <Action variant="filled" onClick={() => openMenu('queues')}>{t('state.act_queue')}</Action>;
    case 'idle':
      return (
        <Action busy={busy === 'u'} onClick={() => void run('u', deeds.unready)}>
          {t('state.act_unready')}
        </Action>
      );
    default:
      return null;
  }
}

/// Out of the contact centre, not out of the page: what begins the shift is on the desk then.
function EndShift() {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const end = () =>
    run('end', deeds.logOut).then((ok) => {
      if (ok) openMenu(null);
    });
  return (
    <Action variant="subtle" icon={<IconPlayerStop size={16} aria-hidden />} busy={busy === 'end'} onClick={() => void end()}>
      {t('state.act_end')}
    </Action>
  );
}

export function StateMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const connected = useIsConnected();
  const opened = useShown((all) => all.menu === 'state');
  const chip = useFocusBack(opened);
  const shown = shownState(me, connected);
  const Icon = icons[shown.key];
  const word = shown.key === 'paused' ? (me.pause?.title ?? t('state.paused')) : t(`state.${shown.key}`);
  return (
    <Popover opened={opened} onChange={(open) => openMenu(open ? 'state' : null)} width={420}>
      <Popover.Target>
        <button
          ref={chip}
          type="button"
          className={`lk-chip-button lk-tone-${shown.tone}`}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => openMenu(opened ? null : 'state')}
        >
          <Icon size={16} aria-hidden />
          <span>
            <VisuallyHidden>{t('state.chip')} </VisuallyHidden>
            {word}
          </span>
          <span>{shown.until ? <Until at={shown.until} /> : <Since at={shown.since} />}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('state.readiness')}>
        <div className="lk-menu">
          <div className="lk-row">
            <h2 className="lk-grow">{word}</h2>
            <MainAction shown={shown} />
          </div>
          <Readiness me={me} open />
          {shown.key !== 'offline' && shown.key !== 'logged_out' && <EndShift />}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
