// Right of an activity: what is known of the customer's number.
import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';
import { v6, type Row } from '../../api/v6';
import { partyOf, spellings } from '../../live';
import { dateTime, duration, phone } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';

const shownMost = 10;

interface PastCall extends Row {
  id_call: string;
  call_time: string;
  direction: string;
  answered: boolean;
  duration: number;
  id_agent: { title: string } | null;
  id_queue: { title: string } | null;
}

export function Customer({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { name, number } = partyOf(activity);
  const past = useQuery({
    // Asked anew for each call: the last one has come to the history meanwhile.
    queryKey: ['v6', 'activitiesCall', 'of', number, activity.interaction],
    queryFn: () =>
      v6.list<PastCall>('activitiesCall', {
        filter: [{ field: 'clid', operator: 'in', value: spellings(number) }],
        sort: [{ field: 'call_time', dir: 'desc' }],
        take: shownMost + 1,
      }),
    enabled: number !== '',
  });
  const present = `activitiesCall_${activity.interaction}`;
  const calls = past.data?.data.filter((call) => call.id_call !== present).slice(0, shownMost);
  return (
    <aside className="lk-customer" aria-label={t('customer.title')}>
      <div>
        <h2>{name || t('customer.title')}</h2>
        <div>{phone(number) || t('work.unknown')}</div>
      </div>
      <section aria-label={t('customer.history')}>
        <h3>{t('customer.history')}</h3>
        {past.isLoading && <Waiting rows={3} />}
        {past.isError && <Failed error={past.error} retry={() => void past.refetch()} />}
        {calls?.length === 0 && <p className="lk-muted">{t('customer.history_none')}</p>}
        <ul className="lk-bare lk-stack">
          {calls?.map((call) => (
            <li key={call.id_call} className="lk-row">
              {call.direction === 'out' ? <IconPhoneOutgoing size={16} aria-hidden /> : <IconPhoneIncoming size={16} aria-hidden />}
              <div className="lk-grow">
                <div>{dateTime(call.call_time)}</div>
                <div className="lk-muted lk-small lk-cut">
                  {call.id_queue?.title ?? t('work.direct')} ·{' '}
                  {call.answered ? (call.id_agent?.title ?? '') : t('calls.unanswered')}
                </div>
              </div>
              <span>{call.answered ? duration(call.duration) : '–'}</span>
            </li>
          ))}
        </ul>
      </section>
    </aside>
  );
}
