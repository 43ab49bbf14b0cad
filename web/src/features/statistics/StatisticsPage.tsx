// Tables that people mistake for each other, each with a sentence and an example that say what it
// counts. Every count opens the list that it counts.
import { Button, SegmentedControl } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { outcomes, statistics } from '../../api/live';
import type { StatRow } from '../../api/types';
import { useMe } from '../../live';
import { time } from '../../ui/format';
import { before, daysOf } from '../../ui/period';
import { Empty, Failed, Waiting } from '../../ui/States';
import { Bars } from './Bars';
import { Definitions } from './Definitions';
import { inboundFigures, outboundFigures, userFigures } from './figures';
import { FigureTable } from './FigureTable';
import { OutcomeTable } from './OutcomeTable';
import { questionOf, type Of, type StatisticsSearch } from './period';
import { StatisticsTools } from './StatisticsTools';
import './statistics.css';

/// While today is in the period its figures grow.
const refreshEvery = 60_000;

function useFigures(search: StatisticsSearch) {
  const now = new Date();
  const days = daysOf(search.period, now, search.from, search.to);
  const growing = days.until > now ? refreshEvery : false;
  const question = questionOf(days, search.step);
  const of = search.of === 'users' ? 'users' : 'queues';
  const mine = (row: StatRow) =>
    (!search.queue || !row.queue || String(row.queue.name) === search.queue) &&
    (!search.user || !row.user || row.user.name === search.user);
  const figures = useQuery({
    queryKey: ['stats', of, question],
    queryFn: () => statistics(of, question),
    enabled: search.of !== 'outcomes',
    refetchInterval: growing,
  });
  const earlierQuestion = questionOf(before(days), 'none');
  const earlier = useQuery({
    queryKey: ['stats', of, earlierQuestion],
    queryFn: () => statistics(of, earlierQuestion),
    enabled: search.of !== 'outcomes' && search.compare === true,
  });
  const asked = { from: question.from, to: question.to, queue: search.queue, user: search.user };
  const closed = useQuery({
    queryKey: ['stats', 'outcomes', asked],
    queryFn: () => outcomes(asked),
    enabled: search.of === 'outcomes',
    refetchInterval: growing,
    placeholderData: keepPreviousData,
  });
  return {
    found: search.of === 'outcomes' ? closed : figures,
    rows: figures.data?.filter(mine) ?? [],
    earlier: search.compare ? (earlier.data?.filter(mine) ?? []) : undefined,
    closed: closed.data,
  };
}

function QueueTables({ rows, earlier, step }: { rows: StatRow[]; earlier: StatRow[] | undefined; step: StatisticsSearch['step'] }) {
  const { t } = useTranslation();
  const outbound = (row: StatRow) => row.queue?.type === 'out';
  return (
    <>
      {([false, true] as const).map((out) => {
        const own = rows.filter((row) => outbound(row) === out);
        if (own.length === 0) return null;
        const title = t(out ? 'stats.outbound' : 'stats.inbound');
        return (
          <section key={String(out)} className="lk-stack" aria-label={title}>
            <h2>{title}</h2>
            {step !== 'none' && <Bars rows={own} step={step} />}
            <FigureTable
              label={title}
              owner={t('stats.queue')}
              rows={own}
              earlier={earlier?.filter((row) => outbound(row) === out)}
              figures={out ? outboundFigures : inboundFigures}
              step={step}
            />
          </section>
        );
      })}
    </>
  );
}

export function StatisticsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/statistics' });
  const navigate = useNavigate({ from: '/statistics' });
  const change = (next: Partial<StatisticsSearch>) =>
    void navigate({ search: (was) => ({ ...was, ...next }), replace: true });
  const { found, rows, earlier, closed } = useFigures(search);
  const access = useMe()?.user.access;
  const leads = access === 'admin' || access === 'manager';
  const nothing = search.of === 'outcomes' ? closed?.data.length === 0 : found.data && rows.length === 0;
  return (
    <div className="lk-page lk-statistics">
      <div className="lk-head">
        <h1>{t('stats.title')}</h1>
        <SegmentedControl
          aria-label={t('stats.of')}
          value={search.of}
          data={(['queues', 'users', 'outcomes'] as const).map((value) => ({ value, label: t(`stats.${value}`) }))}
          onChange={(value) => change({ of: value as Of })}
        />
        <span className="lk-grow" />
        {found.dataUpdatedAt > 0 && (
          <span className="lk-muted">{t('stats.as_of', { time: time(new Date(found.dataUpdatedAt).toISOString()) })}</span>
        )}
        <Button
          leftSection={<IconRefresh size={16} aria-hidden />}
          aria-busy={found.isFetching || undefined}
          onClick={() => void found.refetch()}
        >
          {t('stats.refresh')}
        </Button>
      </div>
      <StatisticsTools search={search} change={change} />
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {nothing && <Empty title={t('stats.none')}>{t(leads ? 'stats.none_here' : 'stats.none_hint')}</Empty>}
      {search.of === 'queues' && <QueueTables rows={rows} earlier={earlier} step={search.step} />}
      {search.of === 'users' && rows.length > 0 && (
        <FigureTable
          label={t('stats.users')}
          owner={t('stats.user')}
          rows={rows}
          earlier={earlier}
          figures={userFigures}
          step={search.step}
        />
      )}
      {search.of === 'outcomes' && closed && closed.data.length > 0 && <OutcomeTable outcomes={closed} />}
      <Definitions of={search.of} />
    </div>
  );
}
