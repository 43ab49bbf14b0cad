// Shows of a list the queues or people of one group. Where there is no group of that kind nothing is drawn.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../api/v6';
import { useRights } from '../../live';

interface Group extends Row {
  title: string;
  type: 'queues' | 'users';
  queues: string[];
  users: string[];
}

export interface Groups {
  all: Group[];
  /// Whether a record is in the chosen group; everything is in one that is not there.
  has: (name: string | number) => boolean;
  /// The title of the chosen group if nobody and nothing is in it.
  empty?: string;
}

export function useGroups(of: Group['type'], chosen: string | undefined): Groups {
  const rights = useRights();
  const found = useQuery({
    queryKey: ['v6', 'groups', 'all'],
    queryFn: () => v6.all<Group>('groups'),
    enabled: rights?.groups?.includes('read') ?? false,
  });
  return useMemo(() => {
    const all = (found.data?.data ?? []).filter((group) => group.type === of);
    const group = all.find(({ name }) => name === chosen);
    const names = group && new Set(group[of].map(String));
    const empty = names?.size === 0 ? group?.title : undefined;
    return { all, has: (name) => names?.has(String(name)) ?? true, empty };
  }, [found.data, of, chosen]);
}

interface Props {
  groups: Groups;
  chosen: string | undefined;
  choose: (group: string | undefined) => void;
}

export function GroupFilter({ groups, chosen, choose }: Props) {
  const { t } = useTranslation();
  if (groups.all.length === 0) return null;
  return (
    <NativeSelect
      aria-label={t('manage.groups.title')}
      value={groups.all.some((group) => group.name === chosen) ? chosen : ''}
      data={[
        { value: '', label: `${t('manage.groups.title')}: ${t('common.any')}` },
        ...groups.all.map(({ name, title }) => ({ value: String(name), label: title })),
      ]}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
    />
  );
}
