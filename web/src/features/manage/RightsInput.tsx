// Which queues or devices a user may use. Those that the user has come first.
import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../api/v6';
import { useMay } from '../../live';
import { folded } from '../../ui/folded';
import { Failed, Waiting } from '../../ui/States';
import { isServed, titleOf } from './kit';
import { RightNumbers, type Numbers } from './RightNumbers';
import { useOwners } from './useOwners';

export interface Right extends Numbers {
  name: string | number;
  login?: 'manual' | 'automatic' | 'fixed';
}

interface Props {
  of: string;
  /// Names alone: nothing is set beside them.
  plain?: boolean;
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  value: Right[];
  change: (value: Right[]) => void;
}

/// With more rows than this a search stands above them.
const fewRows = 6;

export function RightsInput({ of, plain, label, hint, error, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const reads = useMay()(of, 'read');
  const found = useQuery({ queryKey: ['v6', of, 'all'], queryFn: () => v6.all(of), enabled: reads });
  const owners = useOwners('devices');
  const [words, setWords] = useState('');
  // The order of the beginning stays, so that rows do not move under the pointer.
  const [first] = useState(() => new Set(value.map((right) => String(right.name))));
  const has = new Map(value.map((right) => [String(right.name), right]));
  const toggle = (name: string | number) => {
    if (readOnly) return;
    const key = String(name);
    change(has.has(key) ? value.filter((right) => String(right.name) !== key) : [...value, { name }]);
  };
  const set = (name: string | number, more: Partial<Right>) =>
    change(value.map((right) => (String(right.name) === String(name) ? { ...right, ...more } : right)));
  const ownersText = (row: Row) =>
    of === 'sipDevices' ? (owners.get(String(row.name)) ?? []).map((owner) => owner.title).join(', ') : '';
  const text = (row: Row) => `${titleOf(row)} (${row.name})`;
  // Queues that nothing serves are not offered, nor telephones that others cannot log in to; who has one keeps it.
  const isOffered = (row: Row) => (of === 'queues' ? isServed({ type: row.type }) : !plain || of !== 'sipDevices' || row.type === 'sip');
  const all = (found.data?.data ?? []).filter((row) => isOffered(row) || first.has(String(row.name)));
  const rows = all
    .filter((row) => folded(`${text(row)} ${ownersText(row)}`).includes(folded(words)))
    .sort((a, b) => Number(first.has(String(b.name))) - Number(first.has(String(a.name))));
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      {!reads && <p className="lk-muted">{value.length > 0 ? value.map(({ name }) => name).join(', ') : '–'}</p>}
      {!reads && <p className="lk-muted lk-small">{t('manage.list_unread')}</p>}
      {reads && found.isPending && <Waiting rows={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {all.length > fewRows && (
        <TextInput
          aria-label={t('manage.search_in', { what: label })}
          placeholder={t('common.search')}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      {found.data && (
        <div className="lk-rights" tabIndex={0} role="group" aria-label={label}>
          {rows.length === 0 && <p className="lk-muted">{t('common.no_hit')}</p>}
          {rows.map((row) => {
            const right = has.get(String(row.name));
            return (
              <Fragment key={row.name}>
                <div className="lk-row">
                  <Checkbox
                    label={text(row)}
                    description={ownersText(row) || undefined}
                    checked={right !== undefined}
                    aria-disabled={readOnly || undefined}
                    onChange={() => toggle(row.name)}
                  />
                  <span className="lk-grow" />
                  {right && of === 'queues' && !plain && !readOnly && (
                    <NativeSelect
                      aria-label={t('manage.login_of', { queue: titleOf(row) })}
                      value={right.login ?? 'manual'}
                      data={(['manual', 'automatic', 'fixed'] as const).map((each) => ({
                        value: each,
                        label: t(`manage.login_${each}`),
                      }))}
                      onChange={(event) => set(row.name, { login: event.currentTarget.value as Right['login'] })}
                    />
                  )}
                  {right && of === 'queues' && !plain && readOnly && (
                    <span className="lk-muted lk-small">{t(`manage.login_${right.login ?? 'manual'}`)}</span>
                  )}
                </div>
                {right && !plain && !readOnly && (
                  <RightNumbers of={of === 'queues' ? 'queues' : 'sipDevices'} title={titleOf(row)} value={right} change={(numbers) => set(row.name, numbers)} />
                )}
              </Fragment>
            );
          })}
        </div>
      )}
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
