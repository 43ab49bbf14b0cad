// A system recording by name: typed words narrow the list, a button lets hear what is chosen.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../../api/v6';
import { useMay } from '../../../live';
import { offeredIn } from './choices';
import { addressOf, PlayButton } from './PlayButton';
import './recordings.css';

interface Props {
  wanted: 'prompt' | 'music';
  label: string;
  /// The label stands elsewhere already.
  labelled?: boolean;
  hint?: string;
  error?: string;
  value: string;
  change: (value: string | null) => void;
}

export function RecordingInput({ wanted, label, labelled, hint, error, value, change }: Props) {
  const { t } = useTranslation();
  const list = useId();
  const enabled = useMay()('recordings', 'read');
  const found = useQuery({ queryKey: ['v6', 'recordings', 'all'], queryFn: () => v6.all('recordings'), enabled });
  const offered = offeredIn(found.data?.data ?? [], wanted);
  const said = offered.find(({ name }) => name === value)?.label ?? value;
  // What is being typed; null: nothing, what is chosen stands there.
  const [typed, setTyped] = useState<string | null>(null);
  const choose = (text: string) => {
    const hit = offered.find((each) => each.label === text || each.name === text);
    if (hit || text === '') change(hit?.name ?? null);
    setTyped(hit ? null : text);
  };
  const unknown = typed !== null && typed !== '';
  return (
    <div className="lk-row lk-recording lk-grow">
      <TextInput
        className="lk-grow"
        label={labelled ? undefined : label}
        aria-label={labelled ? label : undefined}
        description={hint || undefined}
        error={error ?? (unknown && !found.isPending ? t('recordings.choose') : undefined)}
        aria-invalid={error || unknown ? true : undefined}
        placeholder={t('recordings.search')}
        list={list}
        value={typed ?? said}
        readOnly={!enabled}
        data-locked={!enabled || undefined}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => choose(event.currentTarget.value)}
        onBlur={() => {
          // What was typed before the list was there.
          if (typed !== null && typed !== '') choose(typed);
          setTyped(null);
        }}
      />
      <datalist id={list}>
        {offered.map((each) => (
          <option key={each.name} value={each.label} />
        ))}
      </datalist>
      {enabled && value !== '' && <PlayButton address={addressOf(value)} what={said} />}
    </div>
  );
}
