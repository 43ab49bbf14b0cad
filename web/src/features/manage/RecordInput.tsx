// One record of another model: of those that this person may give, and the one that the record has.
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { v6 } from '../../api/v6';
import { useMay } from '../../live';
import { titleOf } from './kit';

interface Props {
  of: string;
  /// What it says when there is none; undefined: there always is one.
  none?: string;
  label: string;
  hint: string;
  error?: string;
  /// Names of those that may be given, built-in ones among them; undefined: all that this person sees, if they may
  /// change them, and a built-in one stands for none.
  given?: readonly string[];
  choice: (value: string) => string;
  value: string;
  change: (value: string | null) => void;
}

export function RecordInput({ of, none, label, hint, error, given, choice, value: read, change }: Props) {
  const may = useMay();
  const enabled = may(of, 'read');
  const found = useQuery({ queryKey: ['v6', of, 'all'], queryFn: () => v6.all(of), enabled });
  const all = found.data?.data ?? [];
  const titles = new Map(all.filter((record) => record.built_in !== true).map((record) => [String(record.name), titleOf(record)]));
  const isBuiltIn = all.some((record) => record.built_in === true && String(record.name) === read);
  const value = none !== undefined && (isBuiltIn || !enabled) ? '' : read;
  const names = given ?? [...titles.keys()];
  const absent = names.includes(value) || (value === '' && none !== undefined) ? [] : [value];
  if (given === undefined && !may(of, 'update')) {
    return <TextInput label={label} description={hint} error={error} readOnly data-locked value={titles.get(value) ?? none ?? choice(value)} onChange={() => {}} />;
  }
  return (
    <NativeSelect
      label={label}
      description={hint}
      error={error}
      aria-invalid={error !== undefined || undefined}
      value={value}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...[...names, ...absent].map((each) => ({ value: each, label: titles.get(each) ?? choice(each) })),
      ]}
      onChange={(event) => change(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
