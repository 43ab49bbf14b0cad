import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { CallParties, ListRow } from '../../api/lists';
import { useLive } from '../../live';
import type { Column } from '../../ui/DataTable';
import { dateTime, duration, phone } from '../../ui/format';
import { customerOf } from './call';

const columnsOf = {
  offers: ['started', 'customer', 'queue', 'user', 'outcome', 'ring'],
  activities: ['opened', 'customer', 'queue', 'user', 'direction', 'note', 'talk', 'hold', 'after_work'],
} as const;

const times = new Set(['started', 'opened']);
const durations = new Set(['talk', 'hold', 'after_work', 'ring']);
const long = new Set(['queue', 'user', 'note']);
/// What the server can sort by and people would want to.
const sorted = new Set(['started', 'opened', 'queue', 'outcome', 'direction', 'talk', 'hold', 'after_work', 'ring']);

function useShow(): (name: string, row: ListRow) => string {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  return (name, row) => {
    if (name === 'customer') {
      const customer = row.call && customerOf(row.call as CallParties);
      return (customer && [customer.name, phone(customer.number)].filter(Boolean).join(' · ')) || '–';
    }
    const value = row[name];
    if (value === null || value === undefined || value === '') return '–';
    if (times.has(name)) return dateTime(String(value));
    if (durations.has(name)) return duration(Number(value));
    switch (name) {
      case 'queue':
        return value === 0 ? t('work.direct') : (queues[String(value)]?.title ?? String(value));
      case 'user':
        return users[String(value)]?.title ?? String(value);
      case 'direction':
        return t(`direction.${value as 'in'}`, String(value));
      case 'outcome':
        return t(`result.${value as 'answered'}`, String(value));
      default:
        return String(value);
    }
  };
}

/// The columns of a list of offers or activities; the first opens the call that the row is of.
export function useListColumns(model: 'offers' | 'activities', open: (row: ListRow) => void): Column<ListRow>[] {
  const { t } = useTranslation();
  const show = useShow();
  return useMemo(
    () =>
      columnsOf[model].map(
        (name, i): Column<ListRow> => ({
          id: name,
          title: t(`list.${name}`),
          numeric: durations.has(name),
          shrinks: long.has(name),
          value: sorted.has(name) ? (row) => String(row[name] ?? '') : undefined,
          cell: (row) =>
            i === 0 ? (
              <button type="button" className="lk-table__open" onClick={() => open(row)}>
                {show(name, row)}
              </button>
            ) : (
              show(name, row)
            ),
        }),
      ),
    [model, t, show, open],
  );
}
