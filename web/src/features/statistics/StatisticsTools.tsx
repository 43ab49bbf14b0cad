import { Checkbox, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useLive } from '../../live';
import { PeriodFields } from '../../ui/PeriodFields';
import type { StatisticsSearch } from './period';

interface Props {
  search: StatisticsSearch;
  change: (next: Partial<StatisticsSearch>) => void;
}

/// What the figures are of, and how they are shown.
export function StatisticsTools({ search, change }: Props) {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  return (
    <div className="lk-toolbar">
      <PeriodFields
        period={search.period}
        from={search.from}
        to={search.to}
        change={(next) => change({ ...next, period: next.period ?? 'today' })}
      />
      {search.of !== 'users' && (
        <NativeSelect
          label={t('stats.queue')}
          value={search.queue ?? ''}
          data={[
            { value: '', label: t('stats.all_queues') },
            ...Object.values(queues).map((queue) => ({ value: String(queue.name), label: queue.title })),
          ]}
          onChange={(event) => change({ queue: event.currentTarget.value || undefined })}
        />
      )}
      {search.of !== 'queues' && (
        <NativeSelect
          label={t('stats.user')}
          value={search.user ?? ''}
          data={[
            { value: '', label: t('stats.all_users') },
            ...Object.values(users)
              .filter((user) => user.type === 'CC')
              .map((user) => ({ value: user.name, label: user.title })),
          ]}
          onChange={(event) => change({ user: event.currentTarget.value || undefined })}
        />
      )}
      {search.of !== 'outcomes' && (
        <>
          <NativeSelect
            label={t('stats.step')}
            value={search.step}
            data={(['none', 'hour', 'day'] as const).map((value) => ({ value, label: t(`stats.step_${value}`) }))}
            onChange={(event) => change({ step: event.currentTarget.value as StatisticsSearch['step'] })}
          />
          <Checkbox
            label={t('stats.compare')}
            checked={search.compare === true}
            onChange={(event) => change({ compare: event.currentTarget.checked || undefined })}
          />
        </>
      )}
    </div>
  );
}
