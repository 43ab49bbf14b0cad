// The call that I have, on every screen: hold, mute, keypad, transfer, hang up.
import { Popover } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import { callOf, partyOf, useLive, workOf } from '../../live';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Since } from '../../ui/Timer';
import { Keypad } from './Keypad';
import { openPanel, useShown, type StripPanel } from './menus';
import { TransferForm } from './TransferForm';
import { useDeed } from './useDeed';
import './work.css';

export function useCurrentCall() {
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  return useMemo(() => callOf(workOf({ activities, me }).mine), [activities, me]);
}

export function CallStrip() {
  const { t } = useTranslation();
  const call = useCurrentCall();
  const { run, busy } = useDeed();
  const open = useShown((shown) => shown.panel);
  if (!call) return null;
  const { name, number } = partyOf(call);
  const talking = call.connected !== null;
  const notYet = talking ? undefined : t('strip.not_connected');
  const toggle = (which: StripPanel) => () => openPanel(open === which ? null : which);
  return (
    <section
      className={`lk-strip ${call.held ? 'lk-tone-pause' : 'lk-tone-call'}`}
      aria-label={t('strip.label')}
    >
      <span className="lk-cut lk-strip__name">{name || phone(number) || t('work.unknown')}</span>
      <span className="lk-strip__state">
        {t(`activity.${call.state}`)} <Since at={call.connected ?? call.opened ?? call.since} />
      </span>
      <Action
        compact
        icon={call.held ? <IconPlayerPlay size={18} aria-hidden /> : <IconPlayerPause size={18} aria-hidden />}
        because={notYet}
        pressed={call.held}
        shortcut="F9"
        busy={busy === 'hold'}
        onClick={() => void run('hold', () => (call.held ? deeds.resume(call.name) : deeds.hold(call.name)))}
      >
        {t(call.held ? 'strip.resume' : 'strip.hold')}
      </Action>
      <Action
        compact
        icon={call.muted ? <IconMicrophoneOff size={18} aria-hidden /> : <IconMicrophone size={18} aria-hidden />}
        because={notYet}
        pressed={call.muted}
        shortcut="F8"
        busy={busy === 'mute'}
        onClick={() => void run('mute', () => deeds.mute(call.name, !call.muted))}
      >
        {t(call.muted ? 'strip.unmute' : 'strip.mute')}
      </Action>
      <Popover opened={open === 'keypad'} onChange={() => openPanel(null)} width={200}>
        <Popover.Target>
          <span>
            <Action
              compact
              icon={<IconDialpad size={18} aria-hidden />}
              because={notYet}
              onClick={toggle('keypad')}
            >
              {t('strip.keypad')}
            </Action>
          </span>
        </Popover.Target>
        <Popover.Dropdown>
          <Keypad onDigit={(digit) => void run('digit', () => deeds.digits(call.name, digit))} />
        </Popover.Dropdown>
      </Popover>
      <Popover opened={open === 'transfer'} onChange={() => openPanel(null)} width={320}>
        <Popover.Target>
          <span>
            <Action
              compact
              icon={<IconArrowForwardUp size={18} aria-hidden />}
              because={notYet}
              shortcut="Shift+F2"
              onClick={toggle('transfer')}
            >
              {t('strip.transfer')}
            </Action>
          </span>
        </Popover.Target>
        <Popover.Dropdown>
          <TransferForm call={call} done={() => openPanel(null)} />
        </Popover.Dropdown>
      </Popover>
      <Action
        variant="danger"
        icon={<IconPhoneOff size={18} aria-hidden />}
        busy={busy === 'hangup'}
        shortcut="F4"
        onClick={() => void run('hangup', () => deeds.hangUp(call.name))}
      >
        {t('strip.hang_up')}
      </Action>
    </section>
  );
}
