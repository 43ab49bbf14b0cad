import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { statistics } from '../../api/live';
import type { LiveQueue, StatRow } from '../../api/types';
import type { Column } from '../../ui/DataTable';
import { number, percent } from '../../ui/format';
import { Since } from '../../ui/Timer';

const refreshEvery = 30_000;

/// Today's figures by queue; empty for those who may not see figures.
function useToday(): Map<number, StatRow> {
  const found = useQuery({
    queryKey: ['stats', 'queues', 'now'],
    queryFn: () => statistics('queues', {}),
    refetchInterval: refreshEvery,
  });
  return useMemo(() => new Map((found.data ?? []).map((row) => [row.queue?.name ?? 0, row])), [found.data]);
}

/// Leads to the queue's calls.
function QueueCell({ title, name }: LiveQueue) {
  const { t } = useTranslation();
  return (
    <Link className="lk-table__open" to="/calls" search={{ queue: String(name) }} title={t('commands.calls_of_queue')}>
      {title} ({name})
    </Link>
  );
}

export function useQueueColumns(figures: boolean): Column<LiveQueue>[] {
  const { t } = useTranslation();
  const today = useToday();
  return useMemo(() => {
    const count = (id: 'logged_in' | 'idle' | 'ringing' | 'talking' | 'paused'): Column<LiveQueue> => ({
      id,
      title: t(`realtime.${id}`),
      numeric: true,
      value: (row) => row[id],
      cell: (row) => number(row[id]),
    });
    const figure = (id: 'service_level' | 'total' | 'answered' | 'abandoned', form: typeof number): Column<LiveQueue> => {
      const of = (row: LiveQueue) => {
        // A service level is of those who wait for us; whoever we call does not.
        if (id !== 'total' && id !== 'answered' && row.type === 'out') return null;
        const value = today.get(row.name)?.[id];
        return typeof value === 'number' ? value : id === 'service_level' ? null : 0;
      };
      return { id, title: t(`realtime.${id}`), numeric: true, value: (row) => of(row) ?? -1, cell: (row) => form(of(row)) };
    };
    return [
      { id: 'title', title: t('realtime.queue'), value: (row) => row.title, cell: (row) => <QueueCell {...row} /> },
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
      ...(figures
        ? [figure('service_level', percent), figure('total', number), figure('answered', number), figure('abandoned', number)]
        : []),
      count('logged_in'),
      count('idle'),
      count('ringing'),
      count('talking'),
      count('paused'),
    ];
  }, [t, today, figures]);
}
