// A number for each pair of names, row by row, as the distribution matrix has them.
import { useTranslation } from 'react-i18next';

import { numberOf } from './kit';
import type { Table } from './matrix';
import { NumberInput } from '../../ui/NumberInput';

interface Props {
  names: readonly string[];
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  /// What a name is called.
  choice: (name: string) => string;
  value: Table;
  change: (value: Table) => void;
}

export function MatrixInput({ names, label, hint, error, readOnly, choice, value, change }: Props) {
  const { t } = useTranslation();
  const set = (row: string, column: string, typed: string) =>
    change({ ...value, [row]: { ...value[row], [column]: numberOf(typed, null) } });
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <div className="lk-matrix" tabIndex={0} role="group" aria-label={label}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('matrix.open')}</th>
              {names.map((column) => (
                <th key={column} scope="col">
                  {t('matrix.more', { what: choice(column) })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {names.map((row) => (
              <tr key={row}>
                <th scope="row">{choice(row)}</th>
                {names.map((column) => (
                  <td key={column}>
                    <NumberInput
                      size="xs"
                      aria-label={t('matrix.cell', { open: choice(row), offered: choice(column) })}
                      aria-invalid={error ? true : undefined}
                      readOnly={readOnly}
                      value={value[row]?.[column] ?? ''}
                      onChange={(event) => set(row, column, event.currentTarget.value)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
