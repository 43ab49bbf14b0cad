// When a time group is open: rules of days in the week, and of single dates, which come first.
import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { localeNow } from '../../../ui/format';
import { clockText, dayNames, dayOff, workdays, type HoursRule } from './hours';

interface Props {
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  value: HoursRule[];
  change: (value: HoursRule[]) => void;
}

interface RuleProps {
  rule: HoursRule;
  at: number;
  readOnly: boolean;
  set: (more: Partial<HoursRule>) => void;
  remove: () => void;
}

function Days({ rule, at, readOnly, set }: RuleProps) {
  const { t } = useTranslation();
  const days = rule.days ?? [];
  const toggle = (day: number) => set({ days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort((a, b) => a - b) });
  return (
    <div className="lk-row lk-days" role="group" aria-label={t('hours.days', { at })}>
      {dayNames(localeNow()).map((name, i) => (
        <Checkbox
          key={name}
          label={name}
          checked={days.includes(i + 1)}
          aria-disabled={readOnly || undefined}
          onChange={() => !readOnly && toggle(i + 1)}
        />
      ))}
    </div>
  );
}

function Clock({ label, value, readOnly, set }: { label: string; value: string; readOnly: boolean; set: (value: string) => void }) {
  return (
    <TextInput
      className="lk-clock"
      aria-label={label}
      readOnly={readOnly}
      value={value}
      placeholder="08:00"
      onChange={(event) => set(event.currentTarget.value)}
      onBlur={(event) => !readOnly && set(clockText(event.currentTarget.value))}
    />
  );
}

function Rule(props: RuleProps) {
  const { rule, at, readOnly, set, remove } = props;
  const { t } = useTranslation();
  return (
    <li className="lk-row lk-wrap lk-hours">
      {rule.date === undefined ? (
        <Days {...props} />
      ) : (
        <TextInput
          type="date"
          autoFocus={rule.date === ''}
          aria-label={t('hours.date', { at })}
          readOnly={readOnly}
          value={rule.date}
          onChange={(event) => set({ date: event.currentTarget.value })}
        />
      )}
      <Clock label={t('hours.from', { at })} value={rule.from} readOnly={readOnly} set={(from) => set({ from })} />
      –
      <Clock label={t('hours.to', { at })} value={rule.to} readOnly={readOnly} set={(to) => set({ to })} />
      <NativeSelect
        aria-label={t('hours.what', { at })}
        disabled={readOnly}
        value={rule.closed ? 'shut' : 'open'}
        data={[
          { value: 'open', label: t('hours.open') },
          { value: 'shut', label: t('hours.shut') },
        ]}
        onChange={(event) => set({ closed: event.currentTarget.value === 'shut' })}
      />
      {!readOnly && (
        <ActionIcon aria-label={t('hours.remove', { at })} onClick={remove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </li>
  );
}

export function HoursInput({ label, hint, error, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const add = (rule: HoursRule) => change([...value, rule]);
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      {value.length === 0 && <p>{t('hours.always')}</p>}
      <ul className="lk-bare lk-stack">
        {value.map((rule, i) => (
          <Rule
            key={i}
            rule={rule}
            at={i + 1}
            readOnly={readOnly}
            set={(more) => change(value.map((one, j) => (i === j ? { ...one, ...more } : one)))}
            remove={() => change(value.filter((_, j) => i !== j))}
          />
        ))}
      </ul>
      {!readOnly && (
        <div className="lk-row">
          <Button size="compact-sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => add(workdays)}>
            {t('hours.add_days')}
          </Button>
          <Button size="compact-sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => add(dayOff(''))}>
            {t('hours.add_date')}
          </Button>
        </div>
      )}
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
