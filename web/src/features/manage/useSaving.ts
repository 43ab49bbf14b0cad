// Saving and removing one record: the server's refusals at their fields, and a colleague's change
// that came in between shown before it is overwritten. Every form of Manage saves through here.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { v6, type Row } from '../../api/v6';
import { described } from '../../live';
import { toast } from '../../ui/toasts';
import { beyond, changes, clashes, namesIn, titleOf, type Field, type Resource } from './kit';
import { saidSpan, textOf } from './limit';
import { refusedText } from './refused';
import { sandboxKey } from './routing/useSandbox';

/// What the server tells two states of a record apart by.
function versionOf(record: Row | null): string {
  const sys = record?._sys as { version?: unknown } | undefined;
  return typeof sys?.version === 'string' ? sys.version : '';
}

export interface Clash {
  fields: Field[];
  theirs: Row;
}

interface Subject {
  resource: Resource;
  record: Row | null;
  draft: Record<string, unknown>;
  label: (name: string) => string;
  done: (saved: Row | null) => void;
}

export function useSaving({ resource, record, draft, label, done }: Subject) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState('');
  const [busy, setBusy] = useState<'save' | 'remove' | null>(null);
  const [clash, setClash] = useState<Clash | null>(null);
  const { model } = resource;
  const show = (fields: Record<string, string>, otherwise: string) => {
    setErrors(fields);
    const at = namesIn(resource, fields);
    setFailure(at.length > 0 ? t('manage.fix_fields', { fields: at.map(label).join(', ') }) : otherwise);
  };
  const attempt = async (what: 'save' | 'remove', deed: () => Promise<Row | null>) => {
    setBusy(what);
    setErrors({});
    setFailure('');
    try {
      const saved = await deed();
      // What may be chosen in other forms stands in the description of the models.
      await Promise.all([['v6', model], described.queryKey, sandboxKey].map((queryKey) => client.invalidateQueries({ queryKey })));
      toast(t(what === 'save' ? 'manage.saved' : 'manage.removed'), titleOf(saved ?? (record as Row)), false);
      done(saved);
    } catch (error) {
      // A record that stays is no field's fault: the reason stands alone.
      show(what === 'save' && error instanceof ApiError ? error.fields : {}, refusedText(t, what, error));
    } finally {
      setBusy(null);
    }
  };
  /// `anyway`: although a colleague changed the same.
  const save = (anyway: boolean) => {
    setClash(null);
    const body = changes(resource, record, draft);
    if (record && Object.keys(body).length === 0) return done(record);
    const wrong = beyond(resource, body);
    if (wrong.length > 0) {
      return show(Object.fromEntries(wrong.map(({ field, limit }) => [field.name, t(`manage.${textOf(limit)}`, saidSpan(limit))])), '');
    }
    void (async () => {
      if (!record) return attempt('save', () => v6.create(model, body));
      const theirs = await v6.one(model, record.name).catch(() => null);
      const fields = theirs && !anyway ? clashes(resource, record, draft, theirs) : [];
      if (theirs && fields.length > 0) return setClash({ fields, theirs });
      // Made from what was just looked at: what is saved between now and then is refused.
      const version = versionOf(theirs);
      return attempt('save', () => v6.update(model, record.name, version ? { ...body, _sys: { version } } : body));
    })();
    return undefined;
  };
  const remove = () => record && attempt('remove', () => v6.remove(model, record.name).then(() => null));
  return { errors, failure, busy, clash, save, remove, forgetClash: () => setClash(null) };
}
