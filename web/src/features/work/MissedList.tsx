// Customers with whom nobody has spoken yet: one row each, the same for all who may see the queue. A row
// goes by itself when somebody has spoken with the customer.
import { IconCheck } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me } from '../../api/types';
import { useLive } from '../../live';
import { Action } from '../../ui/Action';
import { nearTime, phone } from '../../ui/format';
import { dial } from './dial';
import { useDeed } from './useDeed';

const shownMost = 20;

export function MissedList({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [sure, setSure] = useState<string | null>(null);
  const known = useLive((live) => live.missed);
  const missed = useMemo(
    () => Object.values(known).sort((a, b) => (b.last ?? '').localeCompare(a.last ?? '')),
    [known],
  );
  if (missed.length === 0) return null;
  return (
    <section aria-label={t('work.missed')}>
      <h2 className="lk-list__head">
        {t('work.missed')} <span className="lk-muted">{missed.length}</span>
      </h2>
      <ul className="lk-bare">
        {missed.slice(0, shownMost).map((row) => (
          <li key={row.name} className="lk-work">
            <span className="lk-work__open">
              <span className="lk-grow">
                <span className="lk-cut lk-work__title">{row.caller_name || phone(row.customer) || t('work.unknown')}</span>
                {row.caller_name && <span className="lk-cut lk-small">{phone(row.customer)}</span>}
                <span className="lk-cut lk-small lk-muted">
                  {row.queue?.title ?? t('work.direct')} · {nearTime(row.last)}
                  {row.times > 1 && ` · ${row.times}×`}
                  {row.tries > 0 && ` · ${t('work.missed_tries', { count: row.tries })}`}
                </span>
              </span>
            </span>
            <Action
              size="compact-xs"
              blockers={row.calling || !row.customer ? undefined : me.can.call_out.blockers}
              because={row.calling ? t('work.missed_calling') : row.customer ? undefined : t('work.unknown')}
              busy={busy === row.name}
              onClick={() => void run(row.name, () => dial(row.customer))}
            >
              {t('work.call_back')}
            </Action>
            <Action
              compact
              icon={<IconCheck size={14} aria-hidden />}
              pressed={sure === row.name}
              onClick={() => setSure(sure === row.name ? null : row.name)}
            >
              {t('work.missed_done')}
            </Action>
            {sure === row.name && (
              <span className="lk-row lk-work__sure">
                <Action
                  variant="danger"
                  size="compact-xs"
                  busy={busy === `${row.name} done`}
                  onClick={() => void run(`${row.name} done`, () => deeds.missedDone(row.name))}
                >
                  {t('work.missed_sure')}
                </Action>
                <Action size="compact-xs" onClick={() => setSure(null)}>
                  {t('common.cancel')}
                </Action>
              </span>
            )}
          </li>
        ))}
      </ul>
      {missed.length > shownMost && <p className="lk-small lk-muted">{t('work.missed_more', { count: missed.length - shownMost })}</p>}
    </section>
  );
}
