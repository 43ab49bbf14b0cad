// Anything that was ever called: filters and order in the address, one row a call, details beside.
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { listOf, type CallRow } from '../../api/lists';
import { DataTable } from '../../ui/DataTable';
import { number } from '../../ui/format';
import { Side } from '../../ui/Side';
import { Empty, Failed, Waiting } from '../../ui/States';
import { idIn } from './call';
import { CallDetail } from './CallDetail';
import { CallFilters } from './CallFilters';
import { useCallColumns } from './columns';
import { Pages } from '../../ui/Pages';
import { isFiltered, pageSize, queryOf, sortOf, sortText, type CallsSearch } from './search';
import { useCalm } from './useCalm';
import './calls.css';

/// How often a list is asked for anew while it is seen.
const refreshEvery = 10_000;

export function CallsPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/calls' });
  const navigate = useNavigate({ from: '/calls' });
  const change = useMemo(
    () => (next: CallsSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  // An opened call is a step of its own, so that Back closes it; from call to call is none.
  const shown = search.call;
  const open = useMemo(
    () => (row: CallRow) =>
      void navigate({ search: (before) => ({ ...before, call: String(row.id) }), replace: shown !== undefined }),
    [navigate, shown],
  );
  const { call: _, ...asked } = search;
  const question = JSON.stringify(asked);
  const found = useQuery({
    queryKey: ['lists', 'interactions', question],
    queryFn: () => listOf<CallRow>('interactions', queryOf(asked, new Date())).then((answer) => ({ ...answer, question })),
    placeholderData: keepPreviousData,
    staleTime: 0,
    refetchInterval: refreshEvery,
  });
  const columns = useCallColumns(open);
  const { rows, waiting, show } = useCalm(found.data?.question ?? question, found.data?.data, found.isFetchedAfterMount, (row) => row.id);
  const total = found.data?.total ?? 0;
  const page = search.page ?? 1;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  const beyond = found.data && rows.length === 0 && total > 0;
  const filtered = isFiltered(search);
  // Elsewhere a row that is not shown yet may be an old one that moved here.
  const newestFirst = search.sort === undefined || search.sort === '-entered';
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <h1>{t('calls.title')}</h1>
        {found.data && <span className="lk-muted">{t('calls.count', { count: total, shown: number(total) })}</span>}
        <span className="lk-grow" />
        {waiting > 0 && (
          <Button variant="light" leftSection={<IconRefresh size={16} aria-hidden />} onClick={show}>
            {t(newestFirst && page === 1 ? 'calls.fresh' : 'stats.refresh', { count: waiting })}
          </Button>
        )}
      </div>
      <CallFilters search={search} change={(next) => change({ ...next, page: undefined })} />
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {beyond && (
        <Empty
          title={t('calls.beyond', { page: number(page), pages: number(pages) })}
          action={<Button onClick={() => change({ page: pages > 1 ? pages : undefined })}>{t('calls.to_last')}</Button>}
        />
      )}
      {found.data && total === 0 && (
        <Empty
          title={t(filtered ? 'calls.no_hit' : 'calls.none')}
          action={
            filtered && <Button onClick={() => void navigate({ search: {} })}>{t('common.clear_filter')}</Button>
          }
        >
          {t(filtered ? 'calls.no_hit_hint' : 'calls.none_hint')}
        </Empty>
      )}
      {rows.length > 0 && (
        <DataTable
          label={t('calls.title')}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.id)}
          onOpen={open}
          selected={search.call && idIn(search.call)}
          total={total}
          sort={sortOf(search)}
          onSort={(sort) => change({ sort: sortText(sort), page: undefined })}
          page={found.data?.question}
        />
      )}
      {(pages > 1 || beyond) && <Pages page={page} pages={pages} go={(to) => change({ page: to > 1 ? to : undefined })} />}
      <Side opened={Boolean(search.call)} onClose={() => change({ call: undefined })} title={t('calls.detail')}>
        {search.call && <CallDetail name={search.call} />}
      </Side>
    </div>
  );
}
