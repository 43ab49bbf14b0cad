// What a call would do now and after the sandbox is applied, without one.
import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { routing } from '../../../api/routing';
import { refusalText } from '../../work/useDeed';

/// As people write numbers: "226 000 001".
const dialled = (typed: string) => typed.replace(/[\s()-]/g, '');

type Way = Awaited<ReturnType<typeof routing.try>>['way'];

function Steps({ title, way }: { title: string; way: Way }) {
  const { t } = useTranslation();
  return (
    <section className="lk-grow">
      <h3>{title}</h3>
      <ol>
        {way.map((place, i) => (
          <li key={i}>
            {t(`destination.${place.kind}` as 'destination.queue')} <strong>{place.title}</strong>
            {place.text && <span className="lk-muted"> – {place.text}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}

export function TryCall() {
  const { t } = useTranslation();
  const [did, setDid] = useState('');
  const [clid, setClid] = useState('');
  const [keys, setKeys] = useState('');
  const [at, setAt] = useState('');
  const tried = useMutation({ mutationFn: () => routing.try({ did: dialled(did), clid: dialled(clid), keys: dialled(keys), at: at.replace('T', ' ') }) });
  const same = JSON.stringify(tried.data?.way) === JSON.stringify(tried.data?.now);
  return (
    <form
      className="lk-stack"
      onSubmit={(event) => {
        event.preventDefault();
        tried.mutate();
      }}
    >
      <div className="lk-row lk-wrap lk-bottom">
        <TextInput label={t('sandbox.did')} value={did} autoFocus onChange={(event) => setDid(event.currentTarget.value)} />
        <TextInput label={t('sandbox.clid')} value={clid} onChange={(event) => setClid(event.currentTarget.value)} />
        <TextInput label={t('sandbox.keys')} value={keys} onChange={(event) => setKeys(event.currentTarget.value)} />
        <TextInput type="datetime-local" label={t('sandbox.at')} value={at} onChange={(event) => setAt(event.currentTarget.value)} />
        <Button type="submit" variant="filled" aria-busy={tried.isPending || undefined}>
          {t('sandbox.ask')}
        </Button>
      </div>
      {tried.isError && <p role="alert" className="lk-chip lk-tone-danger lk-note">{refusalText(tried.error, t('error.failed'))}</p>}
      {tried.data && (
        <div className="lk-row lk-wrap lk-top" role="status">
          <Steps title={t(same ? 'sandbox.now_and_then' : 'sandbox.now')} way={tried.data.now} />
          {!same && <Steps title={t('sandbox.then')} way={tried.data.way} />}
        </div>
      )}
    </form>
  );
}
