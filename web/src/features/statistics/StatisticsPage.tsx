// Two tables that people mistake for each other, each with a sentence and an example that say what
// it counts. Every count opens the list that it counts.
import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { statistics } from '../../api/live';
import type { StatRow } from '../../api/types';
import { DataTable, type Column } from '../../ui/DataTable';
import { dateTime, duration, number, percent } from '../../ui/format';
import { Empty, Failed, Waiting } from '../../ui/States';
import { queueFigures, sumOf, userFigures, valueOf, type Figure, type FigureName, type Form } from './figures';
import { spanOf, type StatisticsSearch } from './period';

const shapes: Record<Form, (value: number | null) => string> = {
  count: number,
  time: duration,
  part: percent,
};

function useColumns(search: StatisticsSearch): { columns: Column<StatRow>[]; figures: readonly Figure<FigureName>[] } {
  const { t } = useTranslation();
  const figures: readonly Figure<FigureName>[] = search.of === 'queues' ? queueFigures : userFigures;
  const columns = useMemo(() => {
    const owner: Column<StatRow> = {
      id: 'owner',
      title: t(search.of === 'queues' ? 'stats.queue' : 'stats.user'),
      value: (row) => row.queue?.title ?? row.user?.title ?? '',
      cell: (row) =>
        row.queue ? `${row.queue.title ?? ''} (${row.queue.name})` : (row.user?.title ?? row.user?.name ?? '–'),
    };
    const span: Column<StatRow> = {
      id: 'from',
      title: t('stats.interval'),
      value: (row) => row.from,
      cell: (row) => dateTime(row.from),
    };
    const shown = figures.map(
      ({ name, form }): Column<StatRow> => ({
        id: name,
        title: <span title={t(`stats.about.${name}`)}>{t(`stats.figure.${name}`)}</span>,
        numeric: true,
        value: (row) => valueOf(row, name) ?? -1,
        cell: (row) => {
          const text = shapes[form](valueOf(row, name));
          const link = row.links[name];
          return link && valueOf(row, name) ? (
            <Link to="/list" search={{ link, title: t(`stats.figure.${name}`) }}>
              {text}
            </Link>
          ) : (
            text
          );
        },
      }),
    );
    return search.step === 'none' ? [owner, ...shown] : [owner, span, ...shown];
  }, [t, figures, search.of, search.step]);
  return { columns, figures };
}

export function StatisticsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/statistics' });
  const navigate = useNavigate({ from: '/statistics' });
  const change = (next: Partial<StatisticsSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...next }), replace: true });
  const span = spanOf(search, new Date());
  const found = useQuery({
    queryKey: ['stats', search.of, span],
    queryFn: () => statistics(search.of, span),
  });
  const { columns, figures } = useColumns(search);
  const rows = found.data ?? [];
  const foot = rows.length > 1 && (
    <tr>
      <td>{t('stats.sum')}</td>
      {search.step !== 'none' && <td />}
      {figures.map((figure) => (
        <td key={figure.name} className="lk-num">
          {figure.adds ? shapes[figure.form](sumOf(rows, figure)) : ''}
        </td>
      ))}
    </tr>
  );
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <h1>{t('stats.title')}</h1>
        <SegmentedControl
          aria-label={t('stats.of')}
          value={search.of}
          data={[
            { value: 'queues', label: t('stats.queues') },
            { value: 'users', label: t('stats.users') },
          ]}
          onChange={(value) => change({ of: value as StatisticsSearch['of'] })}
        />
      </div>
      <div className="lk-card lk-stack">
        <p>{t(search.of === 'queues' ? 'stats.queues_explained' : 'stats.users_explained')}</p>
        <p className="lk-muted">{t(search.of === 'queues' ? 'stats.queues_example' : 'stats.users_example')}</p>
      </div>
      <div className="lk-toolbar">
        <NativeSelect
          label={t('stats.period')}
          value={search.period}
          data={(['today', 'yesterday', 'week', 'month', 'custom'] as const).map((value) => ({
            value,
            label: t(`stats.period_${value}`),
          }))}
          onChange={(event) => change({ period: event.currentTarget.value as StatisticsSearch['period'] })}
        />
        {search.period === 'custom' && (
          <>
            <TextInput
              type="date"
              label={t('common.from')}
              value={search.from ?? span.from.slice(0, 10)}
              onChange={(event) => change({ from: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label={t('common.to')}
              value={search.to ?? span.from.slice(0, 10)}
              onChange={(event) => change({ to: event.currentTarget.value })}
            />
          </>
        )}
        <NativeSelect
          label={t('stats.step')}
          value={search.step}
          data={(['none', 'hour', 'day'] as const).map((value) => ({ value, label: t(`stats.step_${value}`) }))}
          onChange={(event) => change({ step: event.currentTarget.value as StatisticsSearch['step'] })}
        />
      </div>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Empty title={t('stats.none')}>{t('stats.none_hint')}</Empty>}
      {rows.length > 0 && (
        <DataTable
          label={t(search.of === 'queues' ? 'stats.queues' : 'stats.users')}
          rows={rows}
          columns={columns}
          rowKey={(row) => `${row.queue?.name ?? row.user?.name ?? ''} ${row.from}`}
          foot={foot}
        />
      )}
    </div>
  );
}
