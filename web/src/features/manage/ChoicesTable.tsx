// What somebody may do where: a row for each field, a column for each of the choices that they share.
import { Checkbox } from '@mantine/core';

import type { Field } from './kit';
import { toggled } from './operations';

interface Props {
  legend: string;
  hint: string;
  fields: readonly Field[];
  label: (field: Field) => string;
  choice: (field: Field, value: string) => string;
  /// What a choice is called in most rows.
  heading: (value: string) => string;
  error: (field: Field) => string | undefined;
  locked: (field: Field) => string;
  value: (field: Field) => string[];
  change: (field: Field, value: string[]) => void;
}

export function ChoicesTable({ legend, hint, fields: all, label, choice, heading, error, locked, value, change }: Props) {
  const fields = all.filter((field) => field.choices?.length); // others have nothing to offer this person
  const columns = ['read', 'create', 'update', 'remove'].filter((each) => fields.some((field) => field.choices?.includes(each)));
  const cell = (field: Field, each: string) => {
    if (!field.choices?.includes(each)) return null;
    const name = choice(field, each);
    const readOnly = locked(field) !== '';
    return (
      <Checkbox
        label={name === heading(each) ? undefined : name}
        aria-label={`${label(field)}: ${name}`}
        checked={value(field).includes(each)}
        aria-disabled={readOnly || undefined}
        onChange={() => !readOnly && change(field, toggled(field.choices ?? [], value(field), each))}
      />
    );
  };
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{legend}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <div className="lk-matrix" tabIndex={0} role="group" aria-label={legend}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((each) => (
                <th key={each} scope="col">
                  {heading(each)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">{label(field)}</th>
                {columns.map((each) => (
                  <td key={each}>{cell(field, each)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {fields.map((field) => {
        const wrong = error(field);
        return wrong && <p key={field.name} className="lk-chip lk-tone-danger lk-note">{`${label(field)}: ${wrong}`}</p>;
      })}
    </fieldset>
  );
}
