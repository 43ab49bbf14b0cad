// One record: its fields, the server's errors at them, and what cannot be changed now said beforehand.
import { Button, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Row } from '../../api/v6';
import { Sure } from '../../ui/Sure';
import { useFirstWrong } from '../../ui/useFirstWrong';
import { AskingNote } from './Asking';
import { ChoicesTable } from './ChoicesTable';
import { ClashNote } from './ClashNote';
import { Connection } from './Connection';
import { FieldInput } from './FieldInput';
import { fieldsOf, freshRecord, isChanged, isRequired, valueAt, withValue, type Field, type Resource } from './kit';
import { Leaving } from './Leaving';
import { saidSpan } from './limit';
import { LockedNote, useAtWork } from './LockedNote';
import { inTables, isTable } from './operations';
import { QueuePeople } from './QueuePeople';
import { RecordingHead } from './recordings/RecordingHead';
import { RoutingTree } from './routing/RoutingTree';
import { TrunkState } from './TrunkState';
import { useFootRoom } from './useFootRoom';
import { useLabels } from './useLabels';
import { useSaving } from './useSaving';
import { WhatGoes } from './WhatGoes';

interface Props {
  resource: Resource;
  record: Row | null;
  /// The other records, for numbers that are free.
  rows: Row[];
  /// What a new record has from the start.
  preset?: Record<string, unknown>;
  done: (saved: Row | null) => void;
}

export function ResourceForm({ resource, record, rows, preset, done }: Props) {
  const { t } = useTranslation();
  const { label, hint, choice, shown } = useLabels(resource);
  // What it was when the form opened: later news of the list do not change what is compared.
  const [base, setBase] = useState(record);
  const [start] = useState(() => record ?? { ...freshRecord(resource, rows), ...preset });
  const [draft, setDraft] = useState<Record<string, unknown>>(start);
  const [advanced, setAdvanced] = useState(false);
  const [asksToRemove, setAsksToRemove] = useState(false);
  const saved = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  const { errors, failure, busy, clash, save, remove, forgetClash } = useSaving({
    resource,
    record: base,
    draft,
    label,
    done: (row) => {
      saved.current = true;
      done(row);
    },
  });
  const foot = useFootRoom();
  useFirstWrong(form, errors);
  // A new record is filled in at once; of another one the next may be wanted.
  useEffect(() => {
    if (!record) form.current?.querySelector<HTMLElement>('input:not([readonly]), textarea, select')?.focus();
  }, []);
  const atWork = useAtWork(resource.model === 'users' && record ? String(record.name) : undefined);
  const dirty = () => !saved.current && isChanged(resource, base, start, draft);
  const used = fieldsOf(resource, draft);
  const fields = used.filter((field) => advanced || !field.advanced || errors[field.name]);
  const lockOf = (field: Field): string => {
    if (record && field.once) return t('manage.fixed');
    return atWork && field.locks ? t('manage.locked_field') : '';
  };
  const change = (field: Field, value: unknown) =>
    setDraft((before) => {
      const next = withValue(before, field.name, value);
      return { ...next, ...field.also?.(next) };
    });
  return (
    <form
      ref={form}
      className="lk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save(false);
      }}
    >
      {record && atWork && (
        <LockedNote record={record} fields={used.filter((field) => field.locks).map((field) => label(field.name))} />
      )}
      {record && resource.model === 'sipDevices' && record.type === 'sip' && (
        <>
          <AskingNote device={String(record.name)} />
          <Connection device={String(record.name)} />
        </>
      )}
      {record && resource.model === 'trunks' && (
        <section className="lk-card" aria-label={label('state')}>
          <TrunkState trunk={String(record.name)} />
        </section>
      )}
      {record && resource.model === 'recordings' && <RecordingHead record={record} />}
      {record && resource.model === 'inboundRoutes' && <RoutingTree rule={String(record.name)} />}
      {record && resource.model === 'queues' && <QueuePeople queue={String(record.name)} />}
      {inTables(fields).map((group) => {
        const [field] = group;
        if (!field) return null;
        const { limit } = field;
        return isTable(group) ? (
          <ChoicesTable
            key={field.name}
            legend={label('options')}
            hint={hint('options', false)}
            fields={group}
            label={(each) => label(each.name)}
            choice={(each, value) => choice(each.name, value)}
            heading={(value) => choice('options', value)}
            error={(each) => errors[each.name]}
            locked={lockOf}
            value={(each) => (valueAt(draft, each.name) as string[] | undefined) ?? []}
            change={change}
          />
        ) : (
          <FieldInput
            key={field.name}
            field={field}
            label={label(field.name)}
            hint={hint(field.name, record === null, limit && saidSpan(limit))}
            choice={(value) => choice(field.name, value)}
            value={valueAt(draft, field.name)}
            required={isRequired(field, record, draft)}
            error={errors[field.name]}
            locked={lockOf(field)}
            change={(value) => change(field, value)}
          />
        );
      })}
      {used.some((field) => field.advanced) && (
        <Switch label={t('manage.advanced')} checked={advanced} onChange={() => setAdvanced(!advanced)} />
      )}
      {clash && (
        <ClashNote
          clash={clash}
          mine={draft}
          label={label}
          shown={shown}
          keepMine={() => save(true)}
          takeTheirs={() => {
            setBase(clash.theirs);
            setDraft(clash.fields.reduce((all, { name }) => withValue(all, name, valueAt(clash.theirs, name)), draft));
            forgetClash();
          }}
        />
      )}
      {record && (
        <p>
          <Link to="/manage/auditLog" search={{ model: resource.model, record: String(record.name) }}>
            {t('changes.of_record')}
          </Link>
        </p>
      )}
      <div className="lk-form__foot" ref={foot}>
        {failure && (
          <p role="alert" className="lk-chip lk-tone-danger lk-note lk-refusal">
            {failure}
          </p>
        )}
        {record && asksToRemove && <WhatGoes model={resource.model} record={record} />}
        <Leaving dirty={dirty} />
        <div className="lk-row">
          <Button type="submit" variant="filled" aria-busy={busy === 'save' || undefined}>
            {t('common.save')}
          </Button>
          <Button onClick={() => done(null)}>{t('common.cancel')}</Button>
          <span className="lk-grow" />
          {record && resource.may.remove && (
            <Sure
              variant="danger"
              busy={busy === 'remove'}
              first={t('manage.remove')}
              second={t('manage.remove_sure')}
              run={remove}
              onAsk={setAsksToRemove}
            />
          )}
        </div>
      </div>
    </form>
  );
}
