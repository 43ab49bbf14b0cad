import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLive } from '../../live';
import type { CallsSearch } from './search';

interface Props {
  search: CallsSearch;
  change: (next: CallsSearch) => void;
}

export function CallFilters({ search, change }: Props) {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const users = useLive((live) => live.users);
  const [number, setNumber] = useState(search.number ?? '');
  useEffect(() => setNumber(search.number ?? ''), [search.number]);
  const later = useDebouncedCallback((value: string) => change({ number: value || undefined }), 300);
  const any = { value: '', label: t('common.any') };
  return (
    <search className="lk-toolbar" aria-label={t('common.filter')}>
      <TextInput
        type="date"
        label={t('common.from')}
        value={search.from ?? ''}
        onChange={(event) => change({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('common.to')}
        value={search.to ?? ''}
        onChange={(event) => change({ to: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('calls.direction')}
        value={search.direction ?? ''}
        data={[any, ...(['in', 'out', 'internal'] as const).map((value) => ({ value, label: t(`direction.${value}`) }))]}
        onChange={(event) => change({ direction: (event.currentTarget.value || undefined) as CallsSearch['direction'] })}
      />
      <NativeSelect
        label={t('calls.result')}
        value={search.answered ?? ''}
        data={[any, { value: 'yes', label: t('calls.answered') }, { value: 'no', label: t('calls.unanswered') }]}
        onChange={(event) => change({ answered: (event.currentTarget.value || undefined) as CallsSearch['answered'] })}
      />
      <NativeSelect
        label={t('calls.queue')}
        value={search.queue ?? ''}
        data={[any, ...Object.values(queues).map((queue) => ({ value: String(queue.name), label: queue.title }))]}
        onChange={(event) => change({ queue: event.currentTarget.value || undefined })}
      />
      <NativeSelect
        label={t('calls.agent')}
        value={search.agent ?? ''}
        data={[any, ...Object.values(users).map((user) => ({ value: user.name, label: user.title }))]}
        onChange={(event) => change({ agent: event.currentTarget.value || undefined })}
      />
      <TextInput
        label={t('calls.number')}
        type="tel"
        value={number}
        onChange={(event) => {
          setNumber(event.currentTarget.value);
          later(event.currentTarget.value);
        }}
      />
    </search>
  );
}
