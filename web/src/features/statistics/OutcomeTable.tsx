import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { readable } from '../../api/lists';
import type { Outcomes } from '../../api/types';
import { DataTable, type Column } from '../../ui/DataTable';
import { number, percent } from '../../ui/format';

type Row = Outcomes['data'][number];

/// How often each outcome was chosen, and of how many.
export function OutcomeTable({ outcomes }: { outcomes: Outcomes }) {
  const { t } = useTranslation();
  const columns = useMemo((): Column<Row>[] => {
    const title = (row: Row) => row.status?.title ?? t('stats.without');
    return [
      { id: 'status', title: t('stats.status'), value: title, cell: title },
      {
        id: 'activities',
        title: t('stats.count'),
        numeric: true,
        value: (row) => row.activities,
        cell: (row) => {
          const list = readable(row.link);
          return list ? (
            <Link to="/statistics/list" search={{ ...list, figure: 'outcomes' }}>
              {number(row.activities)}
            </Link>
          ) : (
            number(row.activities)
          );
        },
      },
      {
        id: 'part',
        title: t('stats.part'),
        numeric: true,
        value: (row) => row.activities,
        cell: (row) => percent(outcomes.total > 0 ? row.activities / outcomes.total : null),
      },
    ];
  }, [t, outcomes.total]);
  return (
    <>
      <p className="lk-muted">{t('stats.closed', { count: outcomes.total, shown: number(outcomes.total) })}</p>
      <DataTable
        label={t('stats.outcomes')}
        rows={outcomes.data}
        columns={columns}
        rowKey={(row) => row.status?.name ?? ''}
      />
    </>
  );
}
