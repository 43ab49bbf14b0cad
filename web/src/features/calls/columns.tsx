import { IconMicrophone, IconNote } from '@tabler/icons-react';
import { Tooltip } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import type { CallRow } from '../../api/lists';
import { useLive } from '../../live';
import type { Column } from '../../ui/DataTable';
import { dateTime, duration, phone } from '../../ui/format';
import { customerOf, notesOf, statusesOf } from './call';
import { CallBack } from './CallBack';
import { Standing } from './Standing';

/// The columns of a list of calls. Those with a value are what the server can sort by.
export function useCallColumns(open: (row: CallRow) => void): Column<CallRow>[] {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  return useMemo(
    () => [
      {
        id: 'entered',
        title: t('calls.time'),
        value: (row) => row.entered,
        cell: (row) => (
          <button type="button" className="lk-table__open" onClick={() => open(row)}>
            {dateTime(row.entered)}
          </button>
        ),
      },
      {
        id: 'signs',
        title: t('calls.signs'),
        cell: (row) => {
          const note = notesOf(row);
          return (
            <span className="lk-row lk-marks">
              {row.recorded ? (
                <IconMicrophone size={16} role="img" aria-label={t('calls.recorded')}>
                  <title>{t('calls.recorded')}</title>
                </IconMicrophone>
              ) : (
                <span className="lk-mark" />
              )}
              {note ? (
                <Tooltip label={note}>
                  <IconNote size={16} role="img" aria-label={t('calls.note_is', { note })} />
                </Tooltip>
              ) : (
                <span className="lk-mark" />
              )}
              <CallBack compact number={customerOf(row).number} />
            </span>
          );
        },
      },
      { id: 'direction', title: t('calls.direction'), value: (row) => row.direction, cell: (row) => t(`direction.${row.direction}`) },
      { id: 'number', title: t('calls.number'), cell: (row) => phone(customerOf(row).number) || '–' },
      { id: 'caller_name', shrinks: true, title: t('calls.name'), value: (row) => customerOf(row).name, cell: (row) => customerOf(row).name || '–' },
      {
        id: 'queue',
        shrinks: true,
        title: t('calls.queue'),
        value: (row) => row.queue,
        cell: (row) => queues[String(row.queue)]?.title ?? (row.queue ? String(row.queue) : t('work.direct')),
      },
      {
        id: 'agent',
        shrinks: true,
        title: t('calls.agent'),
        cell: (row) => {
          const names = row.activities.map((work) => work.user_title).filter(Boolean);
          return [...new Set(names)].join(' → ') || (row.user && (users[row.user]?.title ?? row.user)) || '–';
        },
      },
      { id: 'result', title: t('calls.result'), value: (row) => row.result, cell: (row) => <Standing call={row} /> },
      { id: 'outcome', shrinks: true, title: t('calls.outcome'), cell: (row) => statusesOf(row).map((status) => status.title).join(', ') || '–' },
      { id: 'wait', title: t('calls.wait'), numeric: true, value: (row) => row.wait, cell: (row) => duration(row.wait) },
      { id: 'talk', title: t('calls.talk'), numeric: true, value: (row) => row.talk, cell: (row) => duration(row.talk) },
    ],
    [t, open, queues, users],
  );
}
