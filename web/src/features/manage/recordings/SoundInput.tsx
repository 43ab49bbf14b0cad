// The sound of a system recording: a file that is chosen or dropped here, or what the microphone hears. It is sent at
// once, so that it can be heard before the record is saved.
import { Button } from '@mantine/core';
import { IconMicrophone, IconPlayerStop, IconTrash, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';

import { Action } from '../../../ui/Action';
import { duration } from '../../../ui/format';
import { Since } from '../../../ui/Timer';
import { refusalText } from '../../work/useDeed';
import { addressOfSound, PlayButton } from './PlayButton';
import { megabytesMost, sendSound } from './send';
import { useRecorder } from './useRecorder';
import './recordings.css';

interface Props {
  label: string;
  hint: string;
  error?: string;
  readOnly: boolean;
  value: string;
  change: (value: string | null) => void;
}

export function SoundInput({ label, hint, error, readOnly, value, change }: Props) {
  const { t } = useTranslation();
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const [failure, setFailure] = useState('');
  const [length, setLength] = useState<number | null>(null);
  const take = (sound: Blob | undefined) => {
    if (!sound || busy) return;
    if (sound.size > megabytesMost * 1024 * 1024) return setFailure(t('recordings.too_large', { most: megabytesMost }));
    setBusy(true);
    setFailure('');
    void sendSound(sound)
      .then((sent) => {
        setLength(sent.duration);
        change(sent.file);
      })
      .catch((refused: unknown) => setFailure(refusalText(refused, t('error.failed'))))
      .finally(() => setBusy(false));
  };
  const recorder = useRecorder(take);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  const wrong = failure || error || (recorder.refused ? t('recordings.no_microphone') : '');
  return (
    <fieldset className="lk-bare lk-fieldset" disabled={readOnly}>
      <legend>{label}</legend>
      {hint && <p className="lk-muted lk-small">{hint}</p>}
      <div
        className="lk-sound lk-stack"
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className="lk-row lk-wrap" role="status">
          {value && <PlayButton address={addressOfSound(value)} what={label} />}
          <span className="lk-grow">
            {busy ? t('recordings.working') : !value ? t('recordings.no_file') : length === null ? t('recordings.has_file') : t('recordings.ready', { time: duration(Math.round(length)) })}
          </span>
          {value && (
            <Action compact icon={<IconTrash size={16} aria-hidden />} onClick={() => change(null)}>
              {t('recordings.clear')}
            </Action>
          )}
        </div>
        <div className="lk-row lk-wrap">
          <input ref={chooser} type="file" accept="audio/*,video/mp4,video/webm" hidden onChange={(event) => take(event.currentTarget.files?.[0])} />
          <Button leftSection={<IconUpload size={16} aria-hidden />} aria-busy={busy || undefined} onClick={() => chooser.current?.click()}>
            {t('recordings.send')}
          </Button>
          {recorder.since === null ? (
            <Button leftSection={<IconMicrophone size={16} aria-hidden />} onClick={recorder.begin}>
              {t('recordings.record')}
            </Button>
          ) : (
            <Button variant="danger" leftSection={<IconPlayerStop size={16} aria-hidden />} onClick={recorder.end}>
              {t('recordings.end')} <Since at={new Date(recorder.since).toISOString()} />
            </Button>
          )}
          <span className="lk-muted lk-small">{t('recordings.drop')}</span>
        </div>
      </div>
      {wrong && (
        <p role="alert" className="lk-chip lk-tone-danger lk-note lk-refusal">
          {wrong}
        </p>
      )}
    </fieldset>
  );
}
