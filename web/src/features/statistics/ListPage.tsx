// The very rows that a figure counts.
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '../../api/http';
import { useLive } from '../../live';
import { DataTable, type Column } from '../../ui/DataTable';
import { dateTime, duration, number, phone } from '../../ui/format';
import { Empty, Failed, Waiting } from '../../ui/States';
import { modelOf } from './list';

type Row = Record<string, string | number | boolean | null>;

const columnsOf = {
  interactions: ['entered', 'queue', 'caller', 'number', 'user', 'result', 'wait', 'talk', 'after_work'],
  offers: ['started', 'queue', 'user', 'outcome', 'ring', 'activity'],
  activities: ['opened', 'queue', 'user', 'direction', 'caller', 'number', 'talk', 'hold', 'after_work'],
} as const;

const times = new Set(['entered', 'started', 'opened']);
const durations = new Set(['wait', 'talk', 'hold', 'after_work', 'ring']);

function useShow() {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  return (name: string, row: Row): string => {
    const value = row[name];
    if (value === null || value === undefined || value === '') return '–';
    if (times.has(name)) return dateTime(String(value));
    if (durations.has(name)) return duration(Number(value));
    switch (name) {
      case 'queue':
        return queues[String(value)]?.title ?? (value === 0 ? t('work.direct') : String(value));
      case 'user':
        return users[String(value)]?.title ?? String(value);
      case 'caller':
      case 'number':
        return phone(String(value));
      case 'direction':
        return t(`direction.${value as 'in'}`, String(value));
      case 'result':
      case 'outcome':
        return t(`result.${value as 'answered'}`, String(value));
      default:
        return String(value);
    }
  };
}

export function ListPage() {
  const { t } = useTranslation();
  const { link, title } = useSearch({ from: '/app/list' });
  const router = useRouter();
  const show = useShow();
  const model = modelOf(link);
  const found = useQuery({
    queryKey: ['list', link],
    queryFn: () => ask<{ data: Row[]; total?: number }>('GET', `${link}&take=1000`),
    enabled: model !== '',
  });
  const columns = useMemo(
    () =>
      (model ? columnsOf[model] : []).map(
        (name): Column<Row> => ({
          id: name,
          title: t(`list.${name}`),
          numeric: durations.has(name),
          value: (row) => (durations.has(name) ? Number(row[name]) : String(row[name] ?? '')),
          cell: (row) => show(name, row),
        }),
      ),
    [model, t, show],
  );
  const rows = found.data?.data ?? [];
  const total = found.data?.total ?? rows.length;
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={() => router.history.back()}>
          {t('common.back')}
        </Button>
        <h1>{title || t('list.title')}</h1>
        {found.data && <span className="lk-muted">{t('list.count', { count: total })}</span>}
      </div>
      {model === '' && <Empty title={t('error.not_found')}>{t('list.no_link')}</Empty>}
      {found.isLoading && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {total > rows.length && (
        <p className="lk-note lk-chip lk-tone-ringing">{t('list.cut', { shown: number(rows.length), total: number(total) })}</p>
      )}
      {found.data && rows.length === 0 && <Empty title={t('list.none')} />}
      {rows.length > 0 && (
        <DataTable
          label={title || t('list.title')}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.id ?? JSON.stringify(row))}
          total={found.data?.total}
        />
      )}
    </div>
  );
}
