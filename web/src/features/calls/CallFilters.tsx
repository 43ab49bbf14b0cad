import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../api/v6';
import { useLive, useMay } from '../../live';
import { PeriodFields } from '../../ui/PeriodFields';
import type { CallsSearch } from './search';

interface Props {
  search: CallsSearch;
  change: (next: CallsSearch) => void;
}

export function CallFilters({ search, change }: Props) {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  const enabled = useMay()('statuses', 'read');
  const statuses = useQuery({ queryKey: ['v6', 'statuses', 'all'], queryFn: () => v6.all('statuses'), enabled });
  const [words, setWords] = useState(search.q ?? '');
  useEffect(() => setWords(search.q ?? ''), [search.q]);
  const later = useDebouncedCallback((value: string) => change({ q: value || undefined }), 300);
  const any = { value: '', label: t('common.any') };
  return (
    <search className="lk-toolbar" aria-label={t('common.filter')}>
      <TextInput
        label={t('calls.words')}
        placeholder={t('calls.words_hint')}
        type="search"
        w={210}
        value={words}
        onChange={(event) => {
          setWords(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
      />
      <PeriodFields any period={search.period} from={search.from} to={search.to} change={change} />
      <NativeSelect
        label={t('calls.direction')}
        value={search.direction ?? ''}
        data={[any, ...(['in', 'out', 'internal'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))]}
        onChange={(event) => change({ direction: (event.currentTarget.value || undefined) as CallsSearch['direction'] })}
      />
      <NativeSelect
        label={t('calls.result')}
        value={search.result ?? ''}
        data={[any, ...(['answered', 'unanswered', 'running'] as const).map((value) => ({ value, label: t(`calls.${value}`) }))]}
        onChange={(event) => change({ result: (event.currentTarget.value || undefined) as CallsSearch['result'] })}
      />
      <NativeSelect
        label={t('calls.queue')}
        value={search.queue ?? ''}
        data={[any, ...Object.values(queues).map((queue) => ({ value: String(queue.name), label: queue.title })), { value: '0', label: t('work.direct') }]}
        onChange={(event) => change({ queue: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('calls.agent')}
        value={search.agent ?? ''}
        data={[any, ...Object.values(users).map((user) => ({ value: user.name, label: user.title }))]}
        onChange={(event) => change({ agent: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('calls.outcome')}
        value={search.status ?? ''}
        data={[any, ...(statuses.data?.data ?? []).map((row) => ({ value: String(row.name), label: String(row.title ?? row.name) }))]}
        onChange={(event) => change({ status: event.currentTarget.value || undefined })}
      />
      <Checkbox
        label={t('calls.with_recording')}
        checked={search.recorded === true}
        onChange={(event) => change({ recorded: event.currentTarget.checked || undefined })}
      />
    </search>
  );
}
