// One record: its fields, the server's errors at them, and what the person may not change said.
import { Button, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { v6, type Row } from '../../api/v6';
import { Action } from '../../ui/Action';
import { useFirstWrong } from '../../ui/useFirstWrong';
import { refusalText } from '../work/useDeed';
import { FieldInput } from './FieldInput';
import { changes, valueAt, withValue, type Resource } from './kit';
import { useLabels } from './useLabels';

interface Props {
  resource: Resource;
  record: Row | null;
  editable: boolean;
  done: () => void;
}

export function ResourceForm({ resource, record, editable, done }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { label, hint, choice } = useLabels(resource);
  const [draft, setDraft] = useState<Record<string, unknown>>(record ?? {});
  const [advanced, setAdvanced] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState<'save' | 'remove' | null>(null);
  const [sure, setSure] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useFirstWrong(form, errors);
  const fields = resource.fields.filter((field) => advanced || !field.advanced || errors[field.name]);
  const attempt = async (what: 'save' | 'remove', deed: () => Promise<unknown>) => {
    setBusy(what);
    setErrors({});
    setFailure('');
    try {
      await deed();
      await client.invalidateQueries({ queryKey: ['v6', resource.model] });
      done();
    } catch (error) {
      const fieldErrors = error instanceof ApiError ? error.fields : {};
      setErrors(fieldErrors);
      const at = Object.keys(fieldErrors).filter((name) => resource.fields.some((field) => field.name === name));
      setFailure(at.length > 0 ? t('manage.fix_fields', { fields: at.map(label).join(', ') }) : refusalText(error, t('error.failed')));
    } finally {
      setBusy(null);
    }
  };
  const save = () => {
    const body = changes(resource, record, draft);
    if (record && Object.keys(body).length === 0) return done();
    void attempt('save', () =>
      record ? v6.update(resource.model, record.name, body) : v6.create(resource.model, body),
    );
    return undefined;
  };
  const readOnly = editable ? undefined : t('manage.admin_only');
  return (
    <form
      ref={form}
      className="lk-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (editable) save();
      }}
    >
      {failure && (
        <p role="alert" className="lk-chip lk-tone-danger lk-note">
          {failure}
        </p>
      )}
      {readOnly && <p className="lk-muted">{readOnly}</p>}
      {fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          label={label(field.name)}
          hint={hint(field.name)}
          choice={(value) => choice(field.name, value)}
          value={valueAt(draft, field.name)}
          error={errors[field.name]}
          readOnly={!editable || Boolean(field.fixed && record)}
          change={(value) => setDraft((before) => withValue(before, field.name, value))}
        />
      ))}
      {resource.fields.some((field) => field.advanced) && (
        <Switch label={t('manage.advanced')} checked={advanced} onChange={() => setAdvanced(!advanced)} />
      )}
      <div className="lk-row lk-form__foot">
        <Action variant="filled" busy={busy === 'save'} because={readOnly} onClick={save}>
          {t('common.save')}
        </Action>
        <Button onClick={done}>{t('common.cancel')}</Button>
        <span className="lk-grow" />
        {record && (
          <Action
            variant="danger"
            busy={busy === 'remove'}
            because={readOnly}
            onClick={() => {
              if (sure) void attempt('remove', () => v6.remove(resource.model, record.name));
              else setSure(true);
            }}
          >
            {t(sure ? 'manage.remove_sure' : 'manage.remove')}
          </Action>
        )}
      </div>
    </form>
  );
}
