// Which queues or devices a user may use.
import { Checkbox, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../api/v6';
import { Failed, Waiting } from '../../ui/States';
import { titleOf } from './kit';

export interface Right {
  name: string | number;
  login?: 'manual' | 'automatic' | 'fixed';
  penalty?: number;
  delay?: number;
  ring?: number;
}

interface Props {
  of: 'queues' | 'sipDevices';
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  value: Right[];
  change: (value: Right[]) => void;
}

export function RightsInput({ of, label, hint, error, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['v6', of, 'all'], queryFn: () => v6.list(of, { take: 1000 }) });
  const has = new Map(value.map((right) => [String(right.name), right]));
  const toggle = (name: string | number) => {
    if (readOnly) return;
    const key = String(name);
    change(has.has(key) ? value.filter((right) => String(right.name) !== key) : [...value, { name }]);
  };
  const set = (name: string | number, more: Partial<Right>) =>
    change(value.map((right) => (String(right.name) === String(name) ? { ...right, ...more } : right)));
  return (
    <fieldset className="lk-bare" style={{ border: 0 }}>
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      {found.isPending && <Waiting rows={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <div className="lk-rights" tabIndex={0} role="group" aria-label={label}>
          {found.data.data.map((row) => {
            const right = has.get(String(row.name));
            return (
              <div key={row.name} className="lk-row">
                <Checkbox
                  label={`${titleOf(row)} (${row.name})`}
                  checked={right !== undefined}
                  aria-disabled={readOnly || undefined}
                  onChange={() => toggle(row.name)}
                />
                <span className="lk-grow" />
                {right && of === 'queues' && (
                  <NativeSelect
                    aria-label={t('manage.login_of', { queue: titleOf(row) })}
                    value={right.login ?? 'manual'}
                    data={(['manual', 'automatic', 'fixed'] as const).map((each) => ({
                      value: each,
                      label: t(`manage.login_${each}`),
                    }))}
                    onChange={(event) => !readOnly && set(row.name, { login: event.currentTarget.value as Right['login'] })}
                  />
                )}
              </div>
            );
          })}
        </div>
      )}
      {error && <p className="lk-chip lk-tone-danger">{error}</p>}
    </fieldset>
  );
}
