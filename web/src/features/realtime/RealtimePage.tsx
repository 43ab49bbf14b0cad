// The shift as it is now: queues with today's figures, people, and the calls that they are on.
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { partyOf, useLive, useMe } from '../../live';
import { DataTable, type Column } from '../../ui/DataTable';
import { phone } from '../../ui/format';
import { Empty } from '../../ui/States';
import { Since } from '../../ui/Timer';
import { GroupFilter, useGroups } from '../work/GroupFilter';
import { callsNow, type CallNow } from './now';
import { useQueueColumns } from './queueColumns';
import './realtime.css';
import { useUserColumns } from './userColumns';

/// The types that something serves.
const served = new Set(['in', 'out']);

function useCallColumns(): Column<CallNow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'number',
        title: t('calls.number'),
        value: ({ activity }) => partyOf(activity).number,
        cell: ({ key, activity }) => (
          <Link className="lk-table__open" to="/calls" search={{ call: key }} title={t('calls.detail')}>
            {phone(partyOf(activity).number) || t('work.unknown')}
          </Link>
        ),
      },
      {
        id: 'name',
        title: t('calls.name'),
        value: ({ activity }) => partyOf(activity).name,
        cell: ({ activity }) => partyOf(activity).name || '–',
      },
      { id: 'direction', title: t('calls.direction'), value: ({ activity }) => activity.direction, cell: ({ activity }) => t(`direction.${activity.direction}`) },
      {
        id: 'queue',
        title: t('calls.queue'),
        value: ({ activity }) => activity.queue?.title ?? '',
        cell: ({ activity }) => activity.queue?.title ?? t('work.direct'),
      },
      { id: 'user', title: t('calls.agent'), value: ({ people }) => people.join(', '), cell: ({ people }) => people.join(', ') || '–' },
      { id: 'state', title: t('realtime.state'), value: ({ activity }) => activity.state, cell: ({ activity }) => t(`activity.${activity.state}`) },
      {
        id: 'since',
        title: t('realtime.since'),
        numeric: true,
        cell: ({ activity }) => <Since at={activity.connected ?? activity.since} />,
      },
    ],
    [t],
  );
}

export function RealtimePage() {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  const activities = useLive((live) => live.activities);
  const up = useLive((live) => live.link.up);
  const me = useMe()?.user;
  const leads = me?.access === 'admin' || me?.access === 'manager';
  const columns = {
    queues: useQueueColumns(leads),
    users: useUserColumns(leads, me?.name ?? ''),
    calls: useCallColumns(),
  };
  // A group of queues and one of people, each over its own list.
  const chosen = useSearch({ from: '/app/realtime' });
  const navigate = useNavigate({ from: '/realtime' });
  const choose = (next: typeof chosen) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const groups = { queues: useGroups('queues', chosen.queues), people: useGroups('users', chosen.people) };
  const inQueues = groups.queues.has;
  const inPeople = groups.people.has;
  const queueRows = useMemo(
    () => Object.values(queues).filter((queue) => !queue.deactivated && served.has(queue.type) && inQueues(queue.name)),
    [queues, inQueues],
  );
  const userRows = useMemo(
    () =>
      Object.values(users)
        .filter((user) => inPeople(user.name))
        .sort((a, b) => Number(a.state === 'logged_out') - Number(b.state === 'logged_out') || a.title.localeCompare(b.title)),
    [users, inPeople],
  );
  const callRows = useMemo(() => callsNow(Object.values(activities)), [activities]);
  return (
    <div className="lk-page" data-stale={!up || undefined}>
      <h1>{t('realtime.title')}</h1>
      <section className="lk-stack" aria-labelledby="rt-queues">
        <div className="lk-head">
          <h2 id="rt-queues" className="lk-grow">
            {t('realtime.queues')}
          </h2>
          <GroupFilter groups={groups.queues} chosen={chosen.queues} choose={(group) => choose({ queues: group })} />
        </div>
        {queueRows.length === 0 && groups.queues.empty ? (
          <Empty title={t('common.empty_group', { group: groups.queues.empty })} />
        ) : queueRows.length === 0 ? (
          <Empty title={t('realtime.no_queues')}>{t('realtime.no_queues_hint')}</Empty>
        ) : (
          <DataTable label={t('realtime.queues')} rows={queueRows} columns={columns.queues} rowKey={(row) => String(row.name)} />
        )}
        {me?.access !== 'admin' && (
          <p className="lk-muted lk-small">{t('common.rights_shown', { count: queueRows.length })}</p>
        )}
      </section>
      <section className="lk-stack" aria-labelledby="rt-calls">
        <h2 id="rt-calls">{t('realtime.calls')}</h2>
        {callRows.length === 0 ? (
          <p className="lk-muted">{t('realtime.no_calls')}</p>
        ) : (
          <DataTable label={t('realtime.calls')} rows={callRows} columns={columns.calls} rowKey={(row) => row.key} />
        )}
      </section>
      <section className="lk-stack" aria-labelledby="rt-people">
        <div className="lk-head">
          <h2 id="rt-people" className="lk-grow">
            {t('realtime.people')}
          </h2>
          <GroupFilter groups={groups.people} chosen={chosen.people} choose={(group) => choose({ people: group })} />
        </div>
        {groups.people.empty ? (
          <Empty title={t('common.empty_group', { group: groups.people.empty })} />
        ) : (
          <DataTable label={t('realtime.people')} rows={userRows} columns={columns.users} rowKey={(row) => row.name} />
        )}
      </section>
    </div>
  );
}
