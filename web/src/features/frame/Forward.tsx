// All calls to one's extension to another number, such as a mobile: on, off, and where they go now.
import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { useDeed } from '../work/useDeed';

/// `to` is empty while calls are not forwarded.
export function Forward({ to }: { to: string }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [number, setNumber] = useState('');
  const wanted = number.replace(/[\s()/-]/g, '');
  if (to) {
    return (
      <div className="lk-row lk-said lk-tone-ringing" role="status">
        <span className="lk-grow">{t('forward.now', { number: phone(to) })}</span>
        <Action busy={busy === 'off'} onClick={() => void run('off', () => deeds.forward(null))}>
          {t('forward.off')}
        </Action>
      </div>
    );
  }
  const forward = () =>
    void run('on', () => deeds.forward(wanted)).then((ok) => {
      if (ok) setNumber('');
    });
  return (
    <form
      className="lk-toolbar"
      onSubmit={(event) => {
        event.preventDefault();
        if (wanted) forward();
      }}
    >
      <TextInput
        className="lk-grow"
        label={t('forward.to')}
        type="tel"
        placeholder="777 123 456"
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Action because={wanted ? undefined : t('forward.missing')} busy={busy === 'on'} onClick={forward}>
        {t('forward.on')}
      </Action>
    </form>
  );
}
