// Right of an activity: what is known of the customer's number.
import { IconPhoneIncoming, IconPhoneOutgoing } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';
import { v6, type Row } from '../../api/v6';
import { spellings, useParty } from '../../live';
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
  cdr: { time_closed: string | null };
  activities: { description: string | null }[];
}

const noteOf = (call: PastCall): string =>
  call.activities.map((work) => work.description?.trim().split('\n')[0]).find(Boolean) ?? '';

function Past({ call }: { call: PastCall }) {
  const { t } = useTranslation();
  const Icon = call.direction === 'out' ? IconPhoneOutgoing : IconPhoneIncoming;
  const note = noteOf(call);
  return (
    <li>
      <Link to="/calls" search={{ call: call.id_call }} className="lk-row lk-past">
        <Icon size={16} aria-hidden />
        <span className="lk-grow">
          <span>{dateTime(call.call_time)}</span>
          <span className="lk-muted lk-small lk-cut">
            {call.id_queue?.title ?? t('work.direct')} · {call.answered ? (call.id_agent?.title ?? '') : t('calls.unanswered')}
          </span>
          {note && <span className="lk-small lk-cut">{note}</span>}
        </span>
        <span>{call.cdr.time_closed === null ? t('calls.running') : call.answered ? duration(call.duration) : '–'}</span>
      </Link>
    </li>
  );
}

export function Customer({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { name, number } = useParty(activity);
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
  const title = t(activity.direction === 'internal' ? 'customer.colleague' : 'customer.title');
  return (
    <aside className="lk-customer" aria-label={title}>
      <div>
        <h2>{name || title}</h2>
        <div>{phone(number) || t('work.unknown')}</div>
      </div>
      <section aria-label={t('customer.history')}>
        <h3>{t('customer.history')}</h3>
        {past.isLoading && <Waiting rows={3} />}
        {past.isError && <Failed error={past.error} retry={() => void past.refetch()} />}
        {calls?.length === 0 && <p className="lk-muted">{t('customer.history_none')}</p>}
        <ul className="lk-bare lk-stack">
          {calls?.map((call) => (
            <Past key={call.id_call} call={call} />
          ))}
        </ul>
      </section>
    </aside>
  );
}
