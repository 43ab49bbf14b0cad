// Handing the call to somebody else: at once, or after a word with them.
import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity } from '../../api/types';
import { useLive } from '../../live';
import { Action } from '../../ui/Action';
import { useDeed } from './useDeed';

export function TransferForm({ call, done }: { call: Activity; done: () => void }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [to, setTo] = useState('');
  const users = useLive((live) => live.users);
  const me = useLive((live) => live.me?.user.name);
  const colleagues = useMemo(() => {
    const text = to.trim().toLowerCase();
    return Object.values(users)
      .filter((user) => user.name !== me && user.extension)
      .filter((user) => !text || `${user.title} ${user.extension}`.toLowerCase().includes(text))
      .sort((a, b) => Number(b.device_reachable) - Number(a.device_reachable))
      .slice(0, 6);
  }, [users, me, to]);
  const missing = to.trim() ? undefined : t('strip.transfer_to_missing');
  const start = (mode: 'blind' | 'attended') =>
    void run(mode, () => deeds.transfer(call.name, mode, to.trim())).then((ok) => {
      if (ok && mode === 'blind') done();
    });
  if (call.consulting) {
    return (
      <div className="lk-stack">
        <p>
          {t(call.consultation_answered ? 'strip.consulting' : 'strip.consulting_rings', {
            to: call.consulting,
          })}
        </p>
        <div className="lk-row">
          <Action
            variant="filled"
            busy={busy === 'complete'}
            because={call.consultation_answered ? undefined : t('strip.consulting_wait')}
            onClick={() => void run('complete', () => deeds.transfer(call.name, 'complete')).then(done)}
          >
            {t('strip.complete')}
          </Action>
          <Action
            busy={busy === 'cancel'}
            onClick={() => void run('cancel', () => deeds.transfer(call.name, 'cancel'))}
          >
            {t('strip.back')}
          </Action>
        </div>
      </div>
    );
  }
  return (
    <form className="lk-stack" onSubmit={(event) => event.preventDefault()}>
      <TextInput
        label={t('strip.transfer_to')}
        description={t('strip.transfer_hint')}
        value={to}
        data-autofocus
        autoFocus
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <ul className="lk-bare lk-stack" aria-label={t('strip.colleagues')}>
        {colleagues.map((user) => (
          <li key={user.name}>
            <Button
              fullWidth
              className="lk-colleague"
              justify="space-between"
              variant="subtle"
              leftSection={<span className={`lk-dot ${user.device_reachable ? 'lk-dot--on' : ''}`} />}
              rightSection={<span className="lk-muted">{user.extension}</span>}
              onClick={() => setTo(user.extension)}
            >
              {user.title} · {t(`state.${user.state}`)}
            </Button>
          </li>
        ))}
      </ul>
      <div className="lk-row">
        <Action variant="filled" because={missing} busy={busy === 'attended'} onClick={() => start('attended')}>
          {t('strip.attended')}
        </Action>
        <Action because={missing} busy={busy === 'blind'} onClick={() => start('blind')}>
          {t('strip.blind')}
        </Action>
      </div>
    </form>
  );
}
