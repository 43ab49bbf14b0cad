// The numbers of a ring group, in the order in which they ring, and for how long each does.
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { NumberInput } from '../../../ui/NumberInput';
import { numberOf } from '../kit';
import { useUsers } from '../useOwners';
import { titleOf } from '../kit';
import type { RingMember } from './destination';

interface Props {
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  value: RingMember[];
  change: (value: RingMember[]) => void;
}

const usual = 20;

export function RingMembers({ label, hint, error, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const users = useUsers();
  const people = new Map((users.data?.data ?? []).map((user) => [String(user.extension ?? ''), titleOf(user)]));
  const set = (at: number, more: Partial<RingMember>) => change(value.map((one, i) => (i === at ? { ...one, ...more } : one)));
  const up = (at: number) => change(value.map((one, i) => (i === at - 1 ? (value[at] ?? one) : i === at ? (value[at - 1] ?? one) : one)));
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{label} *</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <datalist id="lk-extensions">
        {[...people].filter(([extension]) => extension !== '').map(([extension, title]) => (
          <option key={extension} value={extension}>
            {title}
          </option>
        ))}
      </datalist>
      <ul className="lk-bare lk-stack">
        {value.map(({ number, ringtime }, i) => (
          <li key={i} className="lk-row lk-member">
            <TextInput
              list="lk-extensions"
              autoFocus={number === ''}
              aria-label={t('ring_members.number', { at: i + 1 })}
              readOnly={readOnly}
              value={number}
              onChange={(event) => set(i, { number: event.currentTarget.value })}
            />
            <span className="lk-grow lk-cut lk-muted">{people.get(number) ?? ''}</span>
            <NumberInput
              aria-label={t('ring_members.rings', { at: i + 1 })}
              readOnly={readOnly}
              value={ringtime ?? ''}
              onChange={(event) => set(i, { ringtime: numberOf(event.currentTarget.value, null) })}
            />
            {t('common.unit_s')}
            {!readOnly && (
              <>
                <ActionIcon aria-label={t('ring_members.up', { at: i + 1 })} disabled={i === 0} onClick={() => up(i)}>
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon aria-label={t('ring_members.remove', { at: i + 1 })} onClick={() => change(value.filter((_, other) => other !== i))}>
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </>
            )}
          </li>
        ))}
      </ul>
      {!readOnly && (
        <Button size="compact-sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => change([...value, { number: '', ringtime: usual }])}>
          {t('ring_members.add')}
        </Button>
      )}
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
