// The very rows that a figure counts. A row opens the call that it is of.
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { conditionsOf, listOf, type CallRow, type ListModel, type ListRow } from '../../api/lists';
import { useLive } from '../../live';
import { DataTable, type Column, type TableSort } from '../../ui/DataTable';
import { dateTime, number } from '../../ui/format';
import { Side } from '../../ui/Side';
import { Empty, Failed, Waiting } from '../../ui/States';
import { CallDetail } from './CallDetail';
import { useCallColumns } from './columns';
import type { ListSearch } from './list';
import { useListColumns } from './listColumns';
import { Pages } from '../../ui/Pages';
import { pageSize, sortText } from './search';
import './calls.css';

const newest: Record<ListModel, string> = { interactions: '-entered', offers: '-started', activities: '-opened' };

/// What the list is of, in words: the figure, whose it is, and when.
function useHeading(search: ListSearch): { title: string; of: string } {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  const whose =
    search.queue !== undefined
      ? (queues[search.queue]?.title ?? search.queue)
      : search.user && !search.user.startsWith('!')
        ? (users[search.user]?.title ?? search.user)
        : '';
  const span = search.from && search.to ? `${dateTime(search.from)} – ${dateTime(search.to)}` : '';
  const figure = search.figure ? t(`stats.figure.${search.figure as 'total'}`, search.figure) : t('list.title');
  return { title: figure, of: [whose, span].filter(Boolean).join(' · ') };
}

export function ListPage() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/statistics/list' });
  const navigate = useNavigate({ from: '/statistics/list' });
  const router = useRouter();
  const { title, of } = useHeading(search);
  const asked = useMemo(() => conditionsOf(search), [search]);
  const model = asked?.model ?? 'interactions';
  const change = (next: ListSearch, gone: string[] = []) =>
    void navigate({
      search: (before) => Object.fromEntries(Object.entries({ ...before, ...next }).filter(([name]) => !gone.includes(name))),
      replace: true,
    });
  const order = search.sort ?? newest[model];
  const sort: TableSort = { id: order.replace('-', ''), descending: order.startsWith('-') };
  const page = Math.max(1, Math.floor(Number(search.page)) || 1);
  const question = JSON.stringify([asked, order, page]);
  const found = useQuery({
    queryKey: ['lists', question],
    queryFn: () =>
      listOf<ListRow>(model, {
        filter: asked?.filter,
        sort: [{ field: sort.id, dir: sort.descending ? 'desc' : 'asc' }],
        take: pageSize,
        skip: (page - 1) * pageSize,
      }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  const shown = search.call;
  const open = useMemo(
    () => (row: ListRow) =>
      void navigate({
        search: (before) => ({ ...before, call: String(row.interaction ?? row.id) }),
        replace: shown !== undefined,
      }),
    [navigate, shown],
  );
  const callColumns = useCallColumns(open as unknown as (row: CallRow) => void);
  const otherColumns = useListColumns(model === 'offers' ? 'offers' : 'activities', open);
  const columns = model === 'interactions' ? (callColumns as unknown as Column<ListRow>[]) : otherColumns;
  const rows = found.data?.data ?? [];
  const total = found.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / pageSize));
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => router.history.back()}>
          {t('common.back')}
        </Button>
        <h1>{title}</h1>
        {of && <span>{of}</span>}
        {found.data && <span className="lk-muted">{t('list.count', { count: total, shown: number(total) })}</span>}
      </div>
      {!asked && <Empty title={t('error.not_found')}>{t('list.no_link')}</Empty>}
      {found.isLoading && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Empty title={t('list.none')} />}
      {rows.length > 0 && (
        <DataTable
          label={title}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.id)}
          onOpen={open}
          selected={rows.find((row) => String(row.interaction ?? row.id) === shown)?.id.toString()}
          total={total}
          sort={sort}
          onSort={(next) => change({ sort: sortText(next) }, ['page'])}
          page={question}
        />
      )}
      {pages > 1 && <Pages page={page} pages={pages} go={(to) => change({ page: String(to) })} />}
      <Side opened={shown !== undefined} onClose={() => change({}, ['call'])} title={t('calls.detail')}>
        {shown && <CallDetail name={shown} />}
      </Side>
    </div>
  );
}
