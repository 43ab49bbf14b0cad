// One field of a form, whatever its kind.
import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import type { Field } from './kit';
import { RightsInput, type Right } from './RightsInput';

interface Props {
  field: Field;
  label: string;
  hint: string;
  choice: (value: string) => string;
  value: unknown;
  error?: string;
  readOnly: boolean;
  change: (value: unknown) => void;
}

export function FieldInput({ field, label, hint, choice, value, error, readOnly, change }: Props) {
  const { t } = useTranslation();
  const unit = field.unit ? ` (${t(`common.unit_${field.unit}`)})` : '';
  const shared = {
    label: label + unit,
    description: hint || (readOnly && field.fixed ? t('manage.fixed') : undefined),
    error,
    readOnly,
    required: field.required,
    'aria-invalid': error ? true : undefined,
  };
  const text = value === null || value === undefined ? '' : String(value);
  switch (field.kind) {
    case 'flag':
      return (
        <Switch
          label={shared.label}
          description={shared.description}
          error={error}
          checked={value === true}
          aria-disabled={readOnly || undefined}
          onChange={(event) => !readOnly && change(event.currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          label={shared.label}
          description={shared.description}
          error={error}
          value={text}
          aria-disabled={readOnly || undefined}
          data={[
            ...(field.choices?.includes(text) ? [] : [{ value: text, label: text ? choice(text) : t('common.choose') }]),
            ...(field.choices ?? []).map((each) => ({ value: each, label: choice(each) })),
          ]}
          onChange={(event) => !readOnly && change(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <TextInput
          {...shared}
          type="number"
          min={field.min}
          max={field.max}
          value={text}
          onChange={(event) => change(event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value))}
        />
      );
    case 'area':
      return <Textarea {...shared} rows={3} value={text} onChange={(event) => change(event.currentTarget.value)} />;
    case 'password':
      return (
        <PasswordInput
          {...shared}
          autoComplete="new-password"
          value={text}
          visibilityToggleButtonProps={{ 'aria-label': t('sign_in.show_password') }}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'rights':
      return (
        <RightsInput
          of={field.of ?? 'queues'}
          label={label}
          hint={hint}
          error={error}
          readOnly={readOnly}
          value={(value as Right[] | undefined) ?? []}
          change={change}
        />
      );
    default:
      return <TextInput {...shared} value={text} onChange={(event) => change(event.currentTarget.value)} />;
  }
}
