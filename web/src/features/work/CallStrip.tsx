// The call that I have, on every screen: hold, mute, keypad, transfer, hang up. Nothing in it changes its
// place while the call goes on: each part has a width of its own.
import { Popover } from '@mantine/core';
import {
  IconArrowBackUp,
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
import type { Activity } from '../../api/types';
import { callOf, useHolder, useLive, useParty, workOf } from '../../live';
import { usePhone } from '../../phone';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Since } from '../../ui/Timer';
import { useActs } from './acts';
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

/// Who has this extension, by name; else the number.
export function useNameOf(number: string): string {
  return useHolder(number) || phone(number);
}

/// Whose voice is in the ear, and how that stands.
function Who({ call }: { call: Activity }) {
  const { t } = useTranslation();
  const { name, number } = useParty(call);
  const customer = name || phone(number) || t('work.unknown');
  const colleague = useNameOf(call.consulting);
  const silent = usePhone((line) => line.legs.some((leg) => leg.state === 'up' && leg.sound === 'blocked'));
  if (call.consulting) {
    const state = t(call.consultation_answered ? 'strip.asking' : 'activity.dialling');
    return (
      <span className="lk-strip__who" title={t('strip.waits', { customer })}>
        <span className="lk-cut lk-strip__name">{colleague}</span>
        <span className="lk-cut lk-strip__state">
          {state} · {t('strip.waits', { customer })}
        </span>
      </span>
    );
  }
  return (
    <span className="lk-strip__who" title={customer}>
      <span className="lk-cut lk-strip__name">{customer}</span>
      <span className="lk-cut lk-strip__state">
        {silent ? t('strip.silent') : t(`activity.${call.state}`)}{' '}
        <Since at={call.connected ?? call.opened ?? call.since} />
      </span>
    </span>
  );
}

export function CallStrip({ call }: { call: Activity }) {
  const { t } = useTranslation();
  const { run } = useDeed();
  const { act, busy } = useActs();
  const open = useShown((shown) => shown.panel);
  const up = useLive((live) => live.link.up);
  const offline = up ? undefined : t('strip.offline');
  const because = offline ?? (call.connected === null ? t('strip.not_connected') : undefined);
  const asking = call.consulting !== '';
  const toggle = (which: StripPanel) => () => openPanel(open === which ? null : which);
  return (
    <section className={`lk-strip ${call.held ? 'lk-tone-pause' : 'lk-tone-call'}`} aria-label={t('strip.label')}>
      <Who call={call} />
      <Action
        compact
        icon={call.held ? <IconPlayerPlay size={18} aria-hidden /> : <IconPlayerPause size={18} aria-hidden />}
        because={because ?? (asking ? t('strip.held_while_asking') : undefined)}
        pressed={call.held}
        shortcut="F9"
        busy={busy === 'hold'}
        onClick={() => void act({ do: 'hold', call })}
      >
        {t(call.held ? 'strip.resume' : 'strip.hold')}
      </Action>
      <Action
        compact
        icon={call.muted ? <IconMicrophoneOff size={18} aria-hidden /> : <IconMicrophone size={18} aria-hidden />}
        because={because}
        pressed={call.muted}
        shortcut="F8"
        busy={busy === 'mute'}
        onClick={() => void act({ do: 'mute', call })}
      >
        {t(call.muted ? 'strip.unmute' : 'strip.mute')}
      </Action>
      <Popover opened={open === 'keypad'} onChange={() => openPanel(null)} width={200}>
        <Popover.Target>
          <span>
            <Action compact icon={<IconDialpad size={18} aria-hidden />} because={because} onClick={toggle('keypad')}>
              {t('strip.keypad')}
            </Action>
          </span>
        </Popover.Target>
        <Popover.Dropdown>
          <Keypad onDigit={(digit) => void run('digit', () => deeds.digits(call.name, digit))} />
        </Popover.Dropdown>
      </Popover>
      <Popover opened={open === 'transfer'} onChange={() => openPanel(null)} width={360}>
        <Popover.Target>
          <span>
            <Action
              compact
              icon={<IconArrowForwardUp size={18} aria-hidden />}
              because={because}
              pressed={asking || undefined}
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
      <span className="lk-strip__end">
        {asking ? (
          <Action
            icon={<IconArrowBackUp size={18} aria-hidden />}
            because={offline}
            busy={busy === 'end_consultation'}
            shortcut="F4"
            hint={t('strip.back')}
            onClick={() => void act({ do: 'end_consultation', call })}
          >
            {t('strip.back_short')}
          </Action>
        ) : (
          <Action
            variant="danger"
            icon={<IconPhoneOff size={18} aria-hidden />}
            because={offline}
            busy={busy === 'hang_up'}
            shortcut="F4"
            hint={t('strip.hang_up')}
            onClick={() => void act({ do: 'hang_up', call })}
          >
            {t('strip.hang_up')}
          </Action>
        )}
      </span>
    </section>
  );
}
