// Where calls are sent: what kind of place, and which one.
import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../../api/v6';
import { useMay } from '../../../live';
import { titleOf } from '../kit';
import { RecordingInput } from '../recordings/RecordingInput';
import { kinds, namedBy, type Destination } from './destination';

interface Props {
  label: string;
  hint: string;
  error?: string;
  required: boolean;
  readOnly: boolean;
  value: Destination | null;
  change: (value: Destination | null) => void;
}

/// Records by what a destination calls them; who has no extension cannot be called.
const entriesOf = (rows: Row[], field: string): { value: string; label: string }[] =>
  rows
    .filter((row) => row[field] !== null && row[field] !== undefined && row[field] !== '')
    .map((row) => ({ value: String(row[field]), label: `${row[field]} ${titleOf(row)}` }));

function Which({ label, value, change }: { label: string; value: Destination; change: (value: string) => void }) {
  const { t } = useTranslation();
  const named = namedBy[value.kind];
  const enabled = useMay()(named?.of ?? '', 'read') && named !== undefined;
  const found = useQuery({ queryKey: ['v6', named?.of ?? '', 'all'], queryFn: () => v6.all(named?.of ?? ''), enabled });
  if (value.kind === 'announcement') return <RecordingInput wanted="prompt" labelled label={label} value={value.value} change={(name) => change(name ?? '')} />;
  if (!named) {
    return <TextInput className="lk-grow" aria-label={label} value={value.value} onChange={(event) => change(event.currentTarget.value)} />;
  }
  const entries = entriesOf(found.data?.data ?? [], named.field);
  const first = value.kind === 'voicemail' ? t('destination.company') : t('common.choose');
  const known = value.value === '' || entries.some((entry) => entry.value === value.value);
  return (
    <NativeSelect
      className="lk-grow"
      aria-label={label}
      value={value.value}
      data={[{ value: '', label: first }, ...entries, ...(known ? [] : [{ value: value.value, label: value.value }])]}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

const takesValue = (kind: string) => kind === 'number' || kind === 'announcement' || namedBy[kind] !== undefined;

export function DestinationInput({ label, hint, error, required, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const said = (kind: string) => t(`destination.${kind}` as 'destination.queue');
  const own = value !== null && !kinds.includes(value.kind) ? [value.kind] : [];
  if (readOnly) {
    return <TextInput label={label} description={hint} readOnly data-locked value={value ? `${said(value.kind)} ${value.value}` : '–'} onChange={() => {}} />;
  }
  return (
    <fieldset className="lk-bare lk-fieldset">
      <legend>
        {label}
        {required && ' *'}
      </legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <div className="lk-row lk-wrap">
        <NativeSelect
          aria-label={label}
          aria-invalid={error ? true : undefined}
          value={value?.kind ?? ''}
          data={[
            { value: '', label: t(required ? 'common.choose' : 'destination.none') },
            ...[...kinds, ...own].map((kind) => ({ value: kind, label: said(kind) })),
          ]}
          onChange={(event) => {
            const kind = event.currentTarget.value;
            change(kind === '' ? null : { kind, value: '' });
          }}
        />
        {value && takesValue(value.kind) && (
          <Which label={t('destination.which', { what: label })} value={value} change={(chosen) => change({ ...value, value: chosen })} />
        )}
        {value?.kind === 'menu' && <span>{value.value}</span>}
      </div>
      {error && <p className="lk-chip lk-tone-danger lk-note">{error}</p>}
    </fieldset>
  );
}
