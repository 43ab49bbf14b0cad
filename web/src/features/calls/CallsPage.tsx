// Anything that was ever called: filters in the address, one row a call, details beside.
import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../api/v6';
import { DataTable, type Column } from '../../ui/DataTable';
import { dateTime, duration, number, phone } from '../../ui/format';
import { Side } from '../../ui/Side';
import { Empty, Failed, Waiting } from '../../ui/States';
import { CallDetail } from './CallDetail';
import { CallFilters } from './CallFilters';
import { isFiltered, pageSize, queryOf, type CallsSearch } from './search';
import type { CallRow } from './types';

function useColumns(open: (row: CallRow) => void): Column<CallRow>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'time',
        title: t('calls.time'),
        value: (row) => row.call_time,
        cell: (row) => (
          <button type="button" className="lk-table__open" onClick={() => open(row)}>
            {dateTime(row.call_time)}
          </button>
        ),
      },
      { id: 'direction', title: t('calls.direction'), value: (row) => row.direction, cell: (row) => t(`direction.${row.direction}`) },
      { id: 'number', title: t('calls.number'), value: (row) => row.clid, cell: (row) => phone(row.clid) || '–' },
      { id: 'name', title: t('calls.name'), value: (row) => row.prefix_clid_name, cell: (row) => row.prefix_clid_name || '–' },
      { id: 'queue', title: t('calls.queue'), value: (row) => row.id_queue?.title ?? '', cell: (row) => row.id_queue?.title ?? t('work.direct') },
      { id: 'agent', title: t('calls.agent'), value: (row) => row.id_agent?.title ?? '', cell: (row) => row.id_agent?.title ?? '–' },
      {
        id: 'result',
        title: t('calls.result'),
        value: (row) => Number(row.answered),
        cell: (row) => (
          <span className={`lk-chip ${row.answered ? 'lk-tone-ready' : 'lk-tone-danger'}`}>
            {t(row.answered ? 'calls.answered' : 'calls.unanswered')}
          </span>
        ),
      },
      { id: 'wait', title: t('calls.wait'), numeric: true, value: (row) => row.waiting_time, cell: (row) => duration(row.waiting_time) },
      { id: 'talk', title: t('calls.talk'), numeric: true, value: (row) => row.duration, cell: (row) => duration(row.duration) },
    ],
    [t, open],
  );
}

export function CallsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const change = useMemo(
    () => (next: CallsSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const query = queryOf(search);
  const found = useQuery({
    queryKey: ['v6', 'activitiesCall', query],
    queryFn: () => v6.list<CallRow>('activitiesCall', query),
    placeholderData: keepPreviousData,
  });
  const open = useMemo(() => (row: CallRow) => change({ call: row.id_call }), [change]);
  const columns = useColumns(open);
  const rows = found.data?.data ?? [];
  const total = found.data?.total ?? 0;
  const page = search.page ?? 1;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <h1>{t('calls.title')}</h1>
        {found.data && <span className="lk-muted">{t('calls.count', { count: total })}</span>}
      </div>
      <CallFilters search={search} change={(next) => change({ ...next, page: undefined })} />
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && (
        <Empty
          title={t(isFiltered(search) ? 'calls.no_hit' : 'calls.none')}
          action={
            isFiltered(search) && (
              <Button onClick={() => void navigate({ search: {} })}>{t('common.clear_filter')}</Button>
            )
          }
        >
          {t(isFiltered(search) ? 'calls.no_hit_hint' : 'calls.none_hint')}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('calls.title')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.id_call}
          onOpen={open}
          selected={search.call}
          total={total}
        />
      )}
      {pages > 1 && (
        <nav className="lk-row" aria-label={t('common.pages')}>
          <Button aria-disabled={page <= 1 || undefined} onClick={() => page > 1 && change({ page: page - 1 })}>
            {t('common.previous')}
          </Button>
          <span>{t('common.page_of', { page: number(page), pages: number(pages) })}</span>
          <Button aria-disabled={page >= pages || undefined} onClick={() => page < pages && change({ page: page + 1 })}>
            {t('common.next')}
          </Button>
        </nav>
      )}
      <Side
        opened={Boolean(search.call)}
        onClose={() => change({ call: undefined })}
        title={t('calls.detail')}
      >
        {search.call && <CallDetail name={search.call} />}
      </Side>
    </div>
  );
}
