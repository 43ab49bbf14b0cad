// The shift as it is now: queues, people, and the calls that they are on.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { Activity, LiveQueue, LiveUser } from '../../api/types';
import { partyOf, useLive, type Tone } from '../../live';
import { DataTable, type Column } from '../../ui/DataTable';
import { number, phone } from '../../ui/format';
import { Empty } from '../../ui/States';
import { Since } from '../../ui/Timer';
import './realtime.css';

const tones: Record<LiveUser['state'], Tone> = {
  logged_out: 'offline',
  talking: 'call',
  hold: 'call',
  ringing: 'ringing',
  working: 'wrap',
  wrap: 'wrap',
  paused: 'pause',
  not_ready: 'offline',
  idle: 'ready',
};

function useQueueColumns(): Column<LiveQueue>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const count = (id: 'logged_in' | 'idle' | 'ringing' | 'talking' | 'paused'): Column<LiveQueue> => ({
      id,
      title: t(`realtime.${id}`),
      numeric: true,
      value: (row) => row[id],
      cell: (row) => number(row[id]),
    });
    return [
      { id: 'title', title: t('realtime.queue'), value: (row) => row.title, cell: (row) => `${row.title} (${row.name})` },
      { id: 'type', title: t('realtime.type'), value: (row) => row.type, cell: (row) => t(`queue_type.${row.type}` as 'queue_type.in', row.type) },
      {
        id: 'waiting',
        title: t('realtime.waiting'),
        numeric: true,
        value: (row) => row.waiting,
        cell: (row) =>
          row.waiting > 0 ? (
            <span className={`lk-chip ${row.idle === 0 ? 'lk-tone-danger' : 'lk-tone-ringing'}`}>{row.waiting}</span>
          ) : (
            0
          ),
      },
      { id: 'longest', title: t('realtime.longest'), numeric: true, cell: (row) => (row.waiting_since ? <Since at={row.waiting_since} /> : '–') },
      count('logged_in'),
      count('idle'),
      count('ringing'),
      count('talking'),
      count('paused'),
    ];
  }, [t]);
}

function useUserColumns(): Column<LiveUser>[] {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  return useMemo(
    () => [
      { id: 'title', title: t('realtime.person'), value: (row) => row.title, cell: (row) => row.title },
      { id: 'extension', title: t('realtime.extension'), value: (row) => row.extension, cell: (row) => row.extension || '–' },
      {
        id: 'state',
        title: t('realtime.state'),
        value: (row) => row.state,
        cell: (row) => (
          <span className={`lk-chip lk-tone-${tones[row.state]}`}>{row.pause?.title ?? t(`state.${row.state}`)}</span>
        ),
      },
      { id: 'since', title: t('realtime.since'), numeric: true, cell: (row) => (row.since ? <Since at={row.since} /> : '–') },
      {
        id: 'devices',
        title: t('realtime.devices'),
        cell: (row) => (
          <span className="lk-row">
            <span className={`lk-dot ${row.device_reachable ? 'lk-dot--on' : ''}`} />
            {row.devices?.join(', ') || t(row.device_reachable ? 'devices.registered' : 'realtime.no_device')}
          </span>
        ),
      },
      {
        id: 'queues',
        title: t('realtime.queues'),
        cell: (row) => row.queues?.map((name) => queues[String(name)]?.title ?? name).join(', ') || '–',
      },
    ],
    [t, queues],
  );
}

function useCallColumns(): Column<Activity>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'party',
        title: t('calls.number'),
        value: (row) => partyOf(row).number,
        cell: (row) => partyOf(row).name || phone(partyOf(row).number) || '–',
      },
      { id: 'direction', title: t('calls.direction'), value: (row) => row.direction, cell: (row) => t(`direction.${row.direction}`) },
      { id: 'queue', title: t('calls.queue'), value: (row) => row.queue?.title ?? '', cell: (row) => row.queue?.title ?? t('work.direct') },
      { id: 'user', title: t('calls.agent'), value: (row) => row.user?.title ?? '', cell: (row) => row.user?.title ?? '–' },
      { id: 'state', title: t('realtime.state'), value: (row) => row.state, cell: (row) => t(`activity.${row.state}`) },
      { id: 'since', title: t('realtime.since'), numeric: true, cell: (row) => <Since at={row.connected ?? row.since} /> },
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
  const columns = { queues: useQueueColumns(), users: useUserColumns(), calls: useCallColumns() };
  const queueRows = useMemo(() => Object.values(queues).filter((queue) => !queue.deactivated), [queues]);
  const userRows = useMemo(
    () => Object.values(users).sort((a, b) => Number(a.state === 'logged_out') - Number(b.state === 'logged_out') || a.title.localeCompare(b.title)),
    [users],
  );
  const callRows = useMemo(
    () => Object.values(activities).filter((activity) => activity.finished === null),
    [activities],
  );
  return (
    <div className="lk-page" data-stale={!up || undefined}>
      <h1>{t('realtime.title')}</h1>
      <section className="lk-stack" aria-labelledby="rt-queues">
        <h2 id="rt-queues">{t('realtime.queues')}</h2>
        {queueRows.length === 0 ? (
          <Empty title={t('realtime.no_queues')}>{t('realtime.no_queues_hint')}</Empty>
        ) : (
          <DataTable label={t('realtime.queues')} rows={queueRows} columns={columns.queues} rowKey={(row) => String(row.name)} />
        )}
        <p className="lk-muted lk-small">{t('common.rights_shown', { count: queueRows.length })}</p>
      </section>
      <section className="lk-stack" aria-labelledby="rt-calls">
        <h2 id="rt-calls">{t('realtime.calls')}</h2>
        {callRows.length === 0 ? (
          <p className="lk-muted">{t('realtime.no_calls')}</p>
        ) : (
          <DataTable label={t('realtime.calls')} rows={callRows} columns={columns.calls} rowKey={(row) => row.name} />
        )}
      </section>
      <section className="lk-stack" aria-labelledby="rt-people">
        <h2 id="rt-people">{t('realtime.people')}</h2>
        <DataTable label={t('realtime.people')} rows={userRows} columns={columns.users} rowKey={(row) => row.name} />
      </section>
    </div>
  );
}
