// One field of a form, whatever its kind.
import { NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { numberOf, type Field } from './kit';
import { ChoicesInput } from './ChoicesInput';
import type { Table } from './matrix';
import { MatrixInput } from './MatrixInput';
import { NumberInput } from '../../ui/NumberInput';
import { RecordInput } from './RecordInput';
import { RightsInput, type Right } from './RightsInput';
import { RecordingInput } from './recordings/RecordingInput';
import { SoundInput } from './recordings/SoundInput';
import { DestinationInput } from './routing/DestinationInput';
import { isDestination, type RingMember } from './routing/destination';
import { HoursInput } from './routing/HoursInput';
import type { HoursRule } from './routing/hours';
import { RingMembers } from './routing/RingMembers';

interface Props {
  field: Field;
  label: string;
  hint: string;
  choice: (value: string) => string;
  value: unknown;
  required: boolean;
  error?: string;
  /// Why it cannot be changed now; empty if it can.
  locked: string;
  change: (value: unknown) => void;
}

export function FieldInput({ field, label, hint, choice, value, required, error, locked, change }: Props) {
  const { t } = useTranslation();
  const unit = field.unit ? ` (${t(`common.unit_${field.unit}`)})` : '';
  const readOnly = locked !== '';
  const shared = {
    label: label + unit,
    description: locked || hint || undefined,
    error,
    readOnly,
    required: required && !readOnly,
    'aria-invalid': error ? true : undefined,
    'data-locked': readOnly || undefined,
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
          data-locked={shared['data-locked']}
          onChange={(event) => !readOnly && change(event.currentTarget.checked)}
        />
      );
    case 'choices':
      return <ChoicesInput label={shared.label} hint={hint} error={error} readOnly={readOnly} field={field} choice={choice} value={(value as string[] | undefined) ?? []} change={change} />;
    case 'sound':
      return <SoundInput label={label} hint={locked || hint} error={error} readOnly={readOnly} value={text} change={change} />;
    case 'choice':
      if (field.of === 'recordings' && !readOnly) {
        return <RecordingInput wanted={field.name.endsWith('music') ? 'music' : 'prompt'} label={shared.label} hint={hint} error={error} value={text} change={change} />;
      }
      if (field.of && !readOnly) {
        return (
          <RecordInput
            of={field.of}
            none={field.nullable ? choice('none') : undefined}
            label={shared.label}
            hint={hint}
            error={error}
            given={field.choices}
            choice={choice}
            value={text}
            change={change}
          />
        );
      }
      // What cannot be chosen is text: a menu that does nothing only looks as if it could.
      return readOnly ? (
        <TextInput {...shared} value={text ? choice(text) : '–'} onChange={() => {}} />
      ) : (
        <NativeSelect
          label={shared.label}
          description={shared.description}
          error={error}
          aria-invalid={shared['aria-invalid']}
          value={text}
          data={[
            ...(field.choices?.includes(text) ? [] : [{ value: text, label: text ? choice(text) : t('common.choose') }]),
            ...(field.choices ?? []).map((each) => ({ value: each, label: choice(each) })),
          ]}
          onChange={(event) => change(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...shared}
          value={text}
          onChange={(event) => change(numberOf(event.currentTarget.value, field.nullable ? null : undefined))}
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
    case 'texts':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={2}
          value={((value as string[] | undefined) ?? []).join('\n')}
          onChange={(event) => change(event.currentTarget.value.split('\n').map((line) => line.trim()))}
        />
      );
    case 'matrix':
      return (
        <MatrixInput
          names={field.choices ?? []}
          label={label}
          hint={locked || hint}
          error={error}
          readOnly={readOnly}
          choice={choice}
          value={(value as Table | undefined) ?? {}}
          change={change}
        />
      );
    case 'destination':
      return (
        <DestinationInput
          label={label}
          hint={locked || hint}
          error={error}
          required={required}
          readOnly={readOnly}
          value={isDestination(value) ? value : null}
          change={change}
        />
      );
    case 'ring_members':
      return <RingMembers label={label} hint={locked || hint} error={error} readOnly={readOnly} value={(value as RingMember[] | undefined) ?? []} change={change} />;
    case 'hours':
      return <HoursInput label={label} hint={locked || hint} error={error} readOnly={readOnly} value={(value as HoursRule[] | undefined) ?? []} change={change} />;
    case 'names':
      return (
        <RightsInput
          plain
          of={field.of ?? ''}
          label={label}
          hint={locked || hint}
          error={error}
          readOnly={readOnly}
          value={((value as string[] | undefined) ?? []).map((name) => ({ name }))}
          change={(rights) => change(rights.map(({ name }) => String(name)))}
        />
      );
    case 'rights':
      return (
        <RightsInput
          of={field.of ?? ''}
          label={label}
          hint={locked || hint}
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
