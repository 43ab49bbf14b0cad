// The change log: who changed what and when, newest first; an entry opens beside the list.
import { Button, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../../api/v6';
import { DataTable, type Column } from '../../../ui/DataTable';
import { dateTime, number } from '../../../ui/format';
import { Side } from '../../../ui/Side';
import { Empty, Failed, Waiting } from '../../../ui/States';
import { Pages } from '../../../ui/Pages';
import { NotFound } from '../../../ui/NotFound';
import { words } from '../words';
import { isOvertaken, linesOf, type Change } from './change';
import { ChangeDetail } from './ChangeDetail';
import { ChangeFilters } from './ChangeFilters';
import { pageSize, queryOf, type ChangesSearch } from './search';
import { actionText, fieldText, recordText, whoText } from './words';
import '../manage.css';
import { useRights } from '../../../live';

const refreshEvery = 15_000;

function useColumns(open: (row: Change) => void): Column<Change>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const fields = (row: Change) =>
      row.model && row.before && row.after ? linesOf(row).map(({ field }) => fieldText(t, row.model ?? '', field)).join(', ') : '';
    return [
      {
        id: 'time',
        title: t('changes.time'),
        cell: (row) => (
          <button type="button" className="lk-table__open" onClick={() => open(row)}>
            {dateTime(row.time)}
          </button>
        ),
      },
      { id: 'who', title: t('changes.who'), cell: (row) => whoText(t, row) },
      { id: 'what', title: t('changes.what'), cell: (row) => actionText(t, row) },
      { id: 'record', title: t('changes.record'), shrinks: true, cell: (row) => recordText(row) },
      { id: 'fields', title: t('changes.fields'), shrinks: true, cell: (row) => fields(row) || '–' },
      {
        id: 'back',
        title: t('changes.back'),
        cell: (row) => (row.taken_back ? t('changes.is_back') : row.takes_back ? t('changes.goes_back') : '–'),
      },
    ];
  }, [t, open]);
}

function List({ search, change }: { search: ChangesSearch; change: (next: ChangesSearch) => void }) {
  const { t } = useTranslation();
  const query = queryOf(search);
  const found = useQuery({
    queryKey: ['v6', 'auditLog', query],
    queryFn: () => v6.list<Change>('auditLog', query),
    placeholderData: keepPreviousData,
    refetchInterval: refreshEvery,
  });
  const open = useMemo(() => (row: Change) => change({ open: String(row.name) }), [change]);
  const columns = useColumns(open);
  const rows = found.data?.data ?? [];
  const opened = rows.find((row) => row.name === search.open);
  const pages = Math.max(1, Math.ceil((found.data?.total ?? 0) / pageSize));
  return (
    <>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && <Empty title={t(search.q || search.model || search.user || search.what ? 'common.no_hit' : 'changes.none')} />}
      {rows.length > 0 && (
        <DataTable
          label={t('manage.auditLog.title')}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.name)}
          onOpen={open}
          selected={search.open}
          total={found.data?.total}
        />
      )}
      {pages > 1 && <Pages page={search.page ?? 1} pages={pages} go={(page) => change({ page: page > 1 ? page : undefined })} />}
      <Side opened={opened !== undefined} onClose={() => change({ open: undefined })} title={t('changes.one')}>
        {opened && (
          <ChangeDetail key={opened.name} change={opened} overtaken={isOvertaken(opened, rows)} done={() => void found.refetch()} />
        )}
      </Side>
      {found.data && <p className="lk-muted lk-small">{t('changes.count', { count: found.data.total, shown: number(found.data.total) })}</p>}
    </>
  );
}

/// What the list is of: the record by its title, as its newest change has it.
function OfRecord({ model, record }: { model: string; record: string | undefined }) {
  const { t } = useTranslation();
  const query = queryOf({ model, record });
  const newest = useQuery({
    queryKey: ['v6', 'auditLog', { ...query, take: 1 }],
    queryFn: () => v6.list<Change>('auditLog', { ...query, take: 1 }),
    enabled: record !== undefined,
  });
  const [found] = newest.data?.data ?? [];
  const said = record && (found ? recordText(found) : newest.isPending ? '…' : record);
  return <span className="lk-chip">{[t(words(model).title), said].filter(Boolean).join(': ')}</span>;
}

export function ChangesPage() {
  // For others it is as if there were no such page.
  const rights = useRights();
  if (!rights) return <Waiting />;
  return rights.change_log?.includes('read') ? <Changes /> : <NotFound />;
}

function Changes() {
  const { t } = useTranslation();
  const search = useSearch({ from: '/app/manage/auditLog' });
  const navigate = useNavigate({ from: '/manage/auditLog' });
  const change = useMemo(
    () => (next: ChangesSearch) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true }),
    [navigate],
  );
  const { model, record } = search;
  return (
    <div className="lk-page lk-page--full lk-changes">
      <div className="lk-head">
        <h1 className="lk-grow">{t('manage.auditLog.title')}</h1>
        <TextInput
          aria-label={t('common.search')}
          placeholder={t('common.search')}
          value={search.q ?? ''}
          onChange={(event) => change({ q: event.currentTarget.value || undefined, page: undefined })}
        />
      </div>
      <p className="lk-muted">{t('records.auditLog.about')}</p>
      <ChangeFilters search={search} change={change} />
      {model && record && (
        <div className="lk-row">
          <OfRecord model={model} record={record} />
          <Button onClick={() => change({ model: undefined, record: undefined, page: undefined })}>{t('changes.all')}</Button>
        </div>
      )}
      <List search={search} change={change} />
    </div>
  );
}
