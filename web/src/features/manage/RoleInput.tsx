// The role of a user: the built-in ones, and those of the company as far as this person may see them.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { v6 } from '../../api/v6';
import { titleOf } from './kit';
import { useRights } from '../../live';

interface Props {
  label: string;
  hint: string;
  error?: string;
  built: readonly string[];
  choice: (value: string) => string;
  value: string;
  change: (value: string) => void;
}

export function RoleInput({ label, hint, error, built, choice, value, change }: Props) {
  const enabled = useRights()?.roles?.includes('read') ?? false;
  const found = useQuery({ queryKey: ['v6', 'roles', 'all'], queryFn: () => v6.list('roles', { take: 1000 }), enabled });
  const own = (found.data?.data ?? []).filter((role) => role.built_in !== true).map((role) => ({ value: String(role.name), label: titleOf(role) }));
  const known = built.includes(value) || own.some((role) => role.value === value);
  return (
    <NativeSelect
      label={label}
      description={hint}
      error={error}
      aria-invalid={error !== undefined || undefined}
      value={value}
      data={[...built.map((each) => ({ value: each, label: choice(each) })), ...own, ...(known ? [] : [{ value, label: choice(value) }])]}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
