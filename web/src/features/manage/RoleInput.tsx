// The role of a user: those that this person may give, and the one that the user has.
import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { v6 } from '../../api/v6';
import { useMay } from '../../live';
import { titleOf } from './kit';

interface Props {
  label: string;
  hint: string;
  error?: string;
  /// Names of built-in ones and of those of the company.
  given: readonly string[];
  choice: (value: string) => string;
  value: string;
  change: (value: string) => void;
}

export function RoleInput({ label, hint, error, given, choice, value, change }: Props) {
  const enabled = useMay()('roles', 'read');
  const found = useQuery({ queryKey: ['v6', 'roles', 'all'], queryFn: () => v6.list('roles', { take: 1000 }), enabled });
  const own = new Map((found.data?.data ?? []).filter((role) => role.built_in !== true).map((role) => [String(role.name), titleOf(role)]));
  const all = given.includes(value) ? given : [...given, value];
  return (
    <NativeSelect
      label={label}
      description={hint}
      error={error}
      aria-invalid={error !== undefined || undefined}
      value={value}
      data={all.map((each) => ({ value: each, label: own.get(each) ?? choice(each) }))}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
