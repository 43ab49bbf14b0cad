import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

import { valueAt } from './kit';
import type { Clash } from './useSaving';

interface Props {
  clash: Clash;
  mine: Record<string, unknown>;
  label: (name: string) => string;
  shown: (name: string, value: unknown) => string;
  keepMine: () => void;
  takeTheirs: () => void;
}

/// A colleague saved the same fields meanwhile: both versions, and which one is to stay.
export function ClashNote({ clash, mine, label, shown, keepMine, takeTheirs }: Props) {
  const { t } = useTranslation();
  const note = useRef<HTMLElement>(null);
  // It stands at the end of the form, and nothing is saved until it is answered.
  useEffect(() => {
    note.current?.focus();
    note.current?.scrollIntoView({ block: 'nearest' });
  }, [clash]);
  return (
    <section ref={note} tabIndex={-1} role="alert" className="lk-card lk-stack" aria-label={t('manage.clash')}>
      <h3>{t('manage.clash')}</h3>
      <table className="lk-clash">
        <thead>
          <tr>
            <th scope="col">{t('manage.clash_field')}</th>
            <th scope="col">{t('manage.clash_theirs')}</th>
            <th scope="col">{t('manage.clash_mine')}</th>
          </tr>
        </thead>
        <tbody>
          {clash.fields.map(({ name }) => (
            <tr key={name}>
              <th scope="row">{label(name)}</th>
              <td>{shown(name, valueAt(clash.theirs, name))}</td>
              <td>{shown(name, valueAt(mine, name))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="lk-row">
        <Button onClick={keepMine}>{t('manage.keep_mine')}</Button>
        <Button onClick={takeTheirs}>{t('manage.take_theirs')}</Button>
      </div>
    </section>
  );
}
