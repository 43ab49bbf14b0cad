import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { readable } from '../../api/lists';
import type { StatRow } from '../../api/types';
import { DataTable, type Column } from '../../ui/DataTable';
import { dateTime, day, duration, number, percent } from '../../ui/format';
import { grouped, summed, valueOf, type AnyFigure, type Form } from './figures';
import type { Step } from './period';

export const shapes: Record<Form, (value: number | null) => string> = {
  count: number,
  time: duration,
  part: percent,
};

interface Props {
  label: string;
  owner: string;
  rows: StatRow[];
  /// The same figures of the period before; undefined if none are wanted.
  earlier: StatRow[] | undefined;
  figures: readonly AnyFigure[];
  step: Step;
}

function useColumns({ owner, figures, step }: Props): Column<StatRow>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const whose: Column<StatRow> = {
      id: 'owner',
      title: owner,
      value: (row) => row.queue?.title ?? row.user?.title ?? '',
      cell: (row) =>
        row.queue ? `${row.queue.title ?? ''} (${row.queue.name})` : (row.user?.title ?? row.user?.name ?? '–'),
    };
    const span: Column<StatRow> = {
      id: 'from',
      title: t(step === 'day' ? 'stats.day' : 'stats.interval'),
      value: (row) => row.from,
      cell: (row) => (step === 'day' ? day(row.from) : dateTime(row.from)),
    };
    const shown = figures.map(
      ({ name, label, form }): Column<StatRow> => ({
        id: name,
        title: <span title={t(`stats.about.${label as 'total'}`, '')}>{t(`stats.figure.${label}`)}</span>,
        numeric: true,
        value: (row) => valueOf(row, name) ?? -1,
        cell: (row) => {
          const text = shapes[form](valueOf(row, name));
          const list = row.links[name] && valueOf(row, name) ? readable(row.links[name], row.user?.name) : null;
          return list ? (
            <Link to="/statistics/list" search={{ ...list, figure: label }}>
              {text}
            </Link>
          ) : (
            text
          );
        },
      }),
    );
    return step === 'none' ? [whose, ...shown] : [whose, span, ...shown];
  }, [t, owner, figures, step]);
}

/// Figures of several queues or people, with what they come to together.
export function FigureTable(props: Props) {
  const { label, rows, earlier, figures, step } = props;
  const { t } = useTranslation();
  const columns = useColumns(props);
  const ordered = useMemo(() => grouped(rows), [rows]);
  const sum = (of: StatRow[], title: string) => {
    const all = summed(of);
    return (
      <tr>
        <td>{title}</td>
        {step !== 'none' && <td />}
        {figures.map(({ name, form }) => (
          <td key={name} className="lk-num">
            {shapes[form](valueOf(all, name))}
          </td>
        ))}
      </tr>
    );
  };
  return (
    <DataTable
      label={label}
      rows={ordered}
      columns={columns}
      rowKey={(row) => `${row.queue?.name ?? row.user?.name ?? ''} ${row.from}`}
      foot={
        (rows.length > 1 || earlier) && (
          <>
            {sum(rows, t('stats.sum'))}
            {earlier && sum(earlier, t('stats.earlier'))}
          </>
        )
      }
    />
  );
}
