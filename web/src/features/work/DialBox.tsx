// Calling out: the number, the queue that it goes through, and what is missing as a checklist.
import { NativeSelect, TextInput } from '@mantine/core';
import { IconCheck, IconPhone } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { BlockerCode, Me } from '../../api/types';
import { useHolder } from '../../live';
import { Action } from '../../ui/Action';
import { Reasons } from '../../ui/Reasons';
import { dial } from './dial';
import { insideBlockers, isOutbound } from './fixes';
import { useDeed } from './useDeed';

const lastKey = 'linka.dial.queue';

/// The order in which things come to be; each is done unless the server names it.
const steps: BlockerCode[] = ['not_logged_in', 'not_ready', 'no_device', 'device_not_registered', 'no_outbound_queue', 'no_right'];

function Checklist({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { blockers } = me.can.call_out;
  const named = new Map(blockers.map((blocker) => [blocker.code, blocker]));
  const others = blockers.filter((blocker) => !steps.includes(blocker.code));
  // Nothing is missing but the moment, such as a call that goes on: only that is said.
  const shown = steps.some((code) => named.has(code)) ? steps : [];
  return (
    <ul className="lk-bare lk-checks" aria-label={t('dial.checklist')}>
      {shown.map((code) => {
        const blocker = named.get(code);
        // Of a device that is not chosen nobody knows whether it is registered.
        if (code === 'device_not_registered' && named.has('no_device')) return null;
        return (
          <li key={code}>
            {blocker ? (
              <Reasons blockers={[blocker]} />
            ) : (
              <>
                <IconCheck size={16} className="lk-tick" aria-hidden />
                <span>
                  {t(`dial.done_${code as 'no_device'}`)}
                </span>
              </>
            )}
          </li>
        );
      })}
      {others.length > 0 && (
        <li>
          <Reasons blockers={others} />
        </li>
      )}
    </ul>
  );
}

export function DialBox({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [number, setNumber] = useState('');
  const [queue, setQueue] = useState(localStorage.getItem(lastKey) ?? '');
  const queues = me.queues.filter((each) => isOutbound(each.type));
  const chosen = queues.find((each) => String(each.name) === queue) ?? queues[0];
  const call = () => {
    if (chosen) localStorage.setItem(lastKey, String(chosen.name));
    void run('call', () => dial(number.trim(), chosen?.name)).then((ok) => {
      if (ok) setNumber('');
    });
  };
  const colleague = useHolder(number.replace(/\s+/g, ''));
  const { blockers: all } = me.can.call_out;
  const inside = insideBlockers(all);
  const empty = !number.trim();
  const blockers = colleague || empty ? inside : all;
  const ok = blockers.length === 0;
  return (
    <section className="lk-card lk-stack" aria-label={t('dial.title')}>
      <h2>{t('dial.title')}</h2>
      <form
        className="lk-toolbar"
        onSubmit={(event) => {
          event.preventDefault();
          if (ok && !empty) call();
        }}
      >
        <TextInput
          id="dial-number"
          label={t('dial.number')}
          placeholder="777 123 456"
          type="tel"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        {queues.length > 1 && (
          <NativeSelect
            label={t('dial.queue')}
            value={String(chosen?.name ?? '')}
            data={queues.map((each) => ({ value: String(each.name), label: each.title }))}
            onChange={(event) => setQueue(event.currentTarget.value)}
          />
        )}
        <Action
          variant="answer"
          icon={<IconPhone size={16} aria-hidden />}
          blockers={blockers}
          because={ok && empty ? t('dial.number_missing') : undefined}
          busy={busy === 'call'}
          onClick={call}
        >
          {t('dial.call')}
        </Action>
      </form>
      {all.length === 0 || (colleague && ok) ? (
        <p className="lk-muted lk-small">
          {chosen && !colleague ? t('dial.through', { queue: chosen.title }) : t('dial.without_queue')}
        </p>
      ) : (
        <>
          {empty && ok && <p>{t('dial.outside_lacks')}</p>}
          <Checklist me={me} />
        </>
      )}
    </section>
  );
}
