import { IconLogout } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { logOutUser } from '../../api/live';
import type { LiveUser } from '../../api/types';
import { useLive } from '../../live';
import type { Column } from '../../ui/DataTable';
import { Sure } from '../../ui/Sure';
import { Since } from '../../ui/Timer';
import { stateOf, stateWord } from '../work/personState';
import { useDeed } from '../work/useDeed';

/// Asks once more: whoever is logged out gets no more calls.
function LogOut({ user }: { user: LiveUser }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  return (
    <Sure
      size="compact-xs"
      variant="subtle"
      icon={<IconLogout size={14} aria-hidden />}
      busy={busy === 'out'}
      first={t('realtime.log_out')}
      second={t('realtime.log_out_sure')}
      run={() => run('out', () => logOutUser(user.name))}
    />
  );
}

/// `leads`: may change the state of others. `own`: one's own name.
export function useUserColumns(leads: boolean, own: string): Column<LiveUser>[] {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  return useMemo(() => {
    const word = (row: LiveUser) => stateWord(t, row);
    return [
      { id: 'title', title: t('realtime.person'), value: (row) => row.title, cell: (row) => row.title },
      { id: 'extension', title: t('realtime.extension'), value: (row) => row.extension, cell: (row) => row.extension || '–' },
      {
        id: 'state',
        title: t('realtime.state'),
        value: word,
        cell: (row) => <span className={`lk-chip lk-tone-${stateOf(row).tone}`}>{word(row)}</span>,
      },
      { id: 'since', title: t('realtime.since'), numeric: true, cell: (row) => (row.since ? <Since at={row.since} /> : '–') },
      {
        id: 'devices',
        title: t('realtime.devices'),
        cell: (row) => (
          <span className="lk-row">
            <span className={`lk-dot ${row.device_reachable ? 'lk-dot--on' : ''}`} />
            {row.devices?.join(', ') || t(row.device_reachable ? 'devices.registered' : 'realtime.no_device')}
          </span>
        ),
      },
      {
        id: 'queues',
        title: t('realtime.queues'),
        cell: (row) => row.queues?.map((name) => queues[String(name)]?.title ?? name).join(', ') || '–',
      },
      ...(leads
        ? [
            {
              id: 'deeds',
              title: t('realtime.deeds'),
              cell: (row: LiveUser) =>
                row.state !== 'logged_out' && row.type === 'CC' && row.name !== own ? <LogOut user={row} /> : null,
            },
          ]
        : []),
    ];
  }, [t, queues, leads, own]);
}
