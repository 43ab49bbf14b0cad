// Some of a closed list, each with its box.
import { Checkbox } from '@mantine/core';

import type { Field } from './kit';

interface Props {
  field: Field;
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  choice: (value: string) => string;
  value: string[];
  change: (value: string[]) => void;
}

export function ChoicesInput({ field, label, hint, error, readOnly, choice, value, change }: Props) {
  const all = field.choices ?? [];
  const toggle = (one: string) =>
    change([
      ...value.filter((each) => !all.includes(each)), // what is not offered to this person stays
      ...all.filter((each) => (each === one ? !value.includes(each) : value.includes(each))),
    ]);
  if (all.length === 0) return null;
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <div className="lk-row">
        {all.map((each) => (
          <Checkbox
            key={each}
            label={choice(each)}
            checked={value.includes(each)}
            aria-disabled={readOnly || undefined}
            onChange={() => !readOnly && toggle(each)}
          />
        ))}
      </div>
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
