// Handing the call to somebody else: at once, or after a word with them.
import { Button, TextInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity, Blocker } from '../../api/types';
import { useLive, useParty } from '../../live';
import { Action } from '../../ui/Action';
import { Reasons } from '../../ui/Reasons';
import { phone } from '../../ui/format';
import { useNameOf } from './CallStrip';
import { noteHanded } from './menus';
import { found, meant, targetsOf, type Target } from './targets';
import { useDeed } from './useDeed';

const shownMost = 8;

function Row({ target, choose }: { target: Target; choose: () => void }) {
  const { t } = useTranslation();
  const sign =
    target.kind === 'queue' ? (
      <IconUsersGroup size={16} aria-hidden />
    ) : (
      <span className={`lk-dot ${target.reason === null ? 'lk-dot--on' : ''}`} />
    );
  if (target.reason !== null) {
    return (
      <div className="lk-row lk-target lk-muted">
        {sign}
        <span className="lk-grow lk-cut">{target.title}</span>
        <span className="lk-small">{t(`state.${target.reason}`)}</span>
        <span>{target.number}</span>
      </div>
    );
  }
  return (
    <Button
      fullWidth
      className="lk-colleague"
      justify="space-between"
      variant="subtle"
      leftSection={sign}
      rightSection={<span className="lk-muted">{target.number}</span>}
      onClick={choose}
    >
      <span className="lk-grow lk-cut">{target.title}</span>
      {target.kind === 'queue' && (
        <span className="lk-small lk-muted">{t('strip.queue_now', { idle: target.idle, waiting: target.waiting })}</span>
      )}
    </Button>
  );
}

function Asking({ call, done }: { call: Activity; done: () => void }) {
  const { t } = useTranslation();
  const not = useLive((live) => live.me?.can.transfer_attended.blockers);
  const { run, busy } = useDeed();
  const to = useNameOf(call.consulting);
  const { name, number } = useParty(call);
  const customer = name || phone(number) || t('work.unknown');
  return (
    <div className="lk-stack">
      <p>{t(call.consultation_answered ? 'strip.consulting' : 'strip.consulting_rings', { to, customer })}</p>
      <div className="lk-row">
        <Action
          variant="filled"
          busy={busy === 'complete'}
          blockers={not}
          because={call.consultation_answered || not?.length ? undefined : t('strip.consulting_wait')}
          onClick={() =>
            void run('complete', () => deeds.transfer(call.name, 'complete')).then((ok) => {
              if (!ok) return;
              noteHanded(call.name, to);
              done();
            })
          }
        >
          {t('strip.complete')}
        </Action>
        <Action
          busy={busy === 'cancel'}
          shortcut="F4"
          onClick={() => void run('cancel', () => deeds.transfer(call.name, 'cancel'))}
        >
          {t('strip.back')}
        </Action>
      </div>
      <p className="lk-small lk-muted">{t('strip.asking_keys')}</p>
    </div>
  );
}

/// Why one way of transferring is not this person's, under the name of its button.
function Forbidden({ what, blockers }: { what: string; blockers: Blocker[] }) {
  if (blockers.length === 0) return null;
  return (
    <section aria-label={what}>
      <p className="lk-small">{what}</p>
      <Reasons blockers={blockers} quiet />
    </section>
  );
}

export function TransferForm({ call, done }: { call: Activity; done: () => void }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [typed, setTyped] = useState('');
  const users = useLive((live) => live.users);
  const queues = useLive((live) => live.queues);
  const me = useLive((live) => live.me?.user.name);
  const can = useLive((live) => live.me?.can);
  const targets = useMemo(() => targetsOf(Object.values(users), Object.values(queues), me), [users, queues, me]);
  if (call.consulting) return <Asking call={call} done={done} />;
  const shown = found(targets, typed).slice(0, shownMost);
  const to = meant(targets, typed);
  const missing = to
    ? undefined
    : t(typed.trim() && shown.length > 0 ? 'strip.transfer_to_choose' : 'strip.transfer_to_missing');
  // Who typed a number may try it; the server refuses with its own words.
  const doubt = to?.target?.reason ? `${to.target.title}: ${t(`state.${to.target.reason}`)}` : '';
  // A queue has nobody whom one could ask.
  const attended = missing ?? (to?.target?.kind === 'queue' ? t('strip.attended_queue') : undefined);
  // What the profile says holds whoever is to get the call.
  const not = { attended: can?.transfer_attended.blockers ?? [], blind: can?.transfer_blind.blockers ?? [] };
  const asks = not.attended.length === 0;
  const hands = not.blind.length === 0;
  const start = (mode: 'blind' | 'attended') => {
    if (!to) return;
    void run(mode, () => deeds.transfer(call.name, mode, to.number)).then((ok) => {
      if (!ok || mode === 'attended') return;
      noteHanded(call.name, to.target?.title ?? phone(to.number));
      done();
    });
  };
  return (
    <form
      className="lk-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (asks ? attended === undefined : hands && missing === undefined) start(asks ? 'attended' : 'blind');
      }}
    >
      <TextInput
        label={t('strip.transfer_to')}
        description={asks || hands ? t('strip.transfer_hint') : undefined}
        value={typed}
        data-autofocus
        autoFocus
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <ul className="lk-bare lk-targets" aria-label={t('strip.targets')}>
        {shown.map((target) => (
          <li key={`${target.kind} ${target.number}`}>
            <Row target={target} choose={() => setTyped(target.number)} />
          </li>
        ))}
        {shown.length === 0 && <li className="lk-muted">{t('strip.targets_none')}</li>}
      </ul>
      <div className="lk-row">
        <Action variant={asks ? 'filled' : 'default'} blockers={not.attended} because={asks ? attended : undefined} busy={busy === 'attended'} onClick={() => start('attended')}>
          {t('strip.attended')}
        </Action>
        <Action variant={asks ? 'default' : 'filled'} blockers={not.blind} because={hands ? missing : undefined} busy={busy === 'blind'} onClick={() => start('blind')}>
          {t('strip.blind')}
        </Action>
      </div>
      <Forbidden what={t('strip.attended')} blockers={not.attended} />
      <Forbidden what={t('strip.blind')} blockers={not.blind} />
      <p className="lk-small lk-muted lk-target__said" role="status">
        {(asks ? attended : hands ? missing : undefined) ?? doubt}
      </p>
    </form>
  );
}
