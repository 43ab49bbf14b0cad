// One change: its fields before and after, and the way back.
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../../api/errors';
import { v6, type Row } from '../../../api/v6';
import { dateTime } from '../../../ui/format';
import { Sure } from '../../../ui/Sure';
import { toast } from '../../../ui/toasts';
import { refusalText } from '../../work/useDeed';
import { valueAt } from '../kit';
import { linesOf, verbOf, type Change } from './change';
import { useTitles } from './useTitles';
import { accessText, actionText, fieldText, recordText, valueText, whoText } from './words';

interface Props {
  change: Change;
  /// The list shows that somebody changed the same since.
  overtaken: boolean;
  /// After it was taken back.
  done: () => void;
}

/// Why it was not done, with the fields that are to blame.
function whyNot(t: TFunction, change: Change, error: unknown): string {
  const fields = error instanceof ApiError ? Object.entries(error.fields) : [];
  const why = fields.map(([field, text]) => (field === 'taken_back' ? text : `${fieldText(t, change.model ?? '', field)}: ${text}.`));
  return t('changes.refused', { why: why.join(' ') || refusalText(error, t('error.failed')) });
}

function useTakingBack({ change, done }: Omit<Props, 'overtaken'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  /// As the record is now, where somebody changed it since; null: it is gone.
  const [now, setNow] = useState<Row | null | undefined>(undefined);
  const run = async () => {
    setBusy(true);
    setFailure('');
    try {
      await v6.update('auditLog', change.name, { taken_back: true });
      await client.invalidateQueries({ queryKey: ['v6'] });
      toast(t('changes.is_back'), recordText(change), false);
      done();
    } catch (error) {
      const stale = error instanceof ApiError && error.code === 'changed';
      if (stale) setNow(await v6.one(change.model ?? '', change.record ?? '').catch(() => null));
      setFailure(stale ? t('changes.stale') : whyNot(t, change, error));
    } finally {
      setBusy(false);
    }
  };
  return { busy, failure, now, run };
}

function Lines({ change, now }: { change: Change; now: Row | null | undefined }) {
  const { t } = useTranslation();
  const model = change.model ?? '';
  const { known, titlesOf } = useTitles(change);
  const lines = linesOf(change).filter(({ field }) => verbOf(change) === 'update' || known(field));
  const cell = (field: string, value: unknown) => <td>{value === undefined ? '–' : valueText(t, model, field, value, titlesOf(field))}</td>;
  return (
    <table className="lk-clash">
      <thead>
        <tr>
          <th scope="col">{t('manage.clash_field')}</th>
          <th scope="col">{t('changes.before')}</th>
          <th scope="col">{t('changes.after')}</th>
          {now !== undefined && <th scope="col">{t('changes.now')}</th>}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{fieldText(t, model, field)}</th>
            {cell(field, before)}
            {cell(field, after)}
            {now !== undefined && cell(field, now === null ? undefined : valueAt(now, field))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ChangeDetail({ change, overtaken, done }: Props) {
  const { t } = useTranslation();
  const { busy, failure, now, run } = useTakingBack({ change, done });
  const { model, record } = change;
  return (
    <div className="lk-stack lk-loose">
      <dl className="lk-facts">
        <dt>{t('changes.time')}</dt>
        <dd>{dateTime(change.time)}</dd>
        <dt>{t('changes.who')}</dt>
        <dd>
          {whoText(t, change)}
          {change.access && ` (${accessText(t, change.access)})`}
        </dd>
        {change.address && (
          <>
            <dt>{t('changes.address')}</dt>
            <dd>{change.address}</dd>
          </>
        )}
        <dt>{t('changes.what')}</dt>
        <dd>{actionText(t, change)}</dd>
        {model && record && (
          <>
            <dt>{t('changes.record')}</dt>
            <dd>
              {verbOf(change) === 'delete' ? (
                recordText(change)
              ) : (
                <Link to="/manage/$resource" params={{ resource: model }} search={{ edit: record }}>
                  {recordText(change)}
                </Link>
              )}
            </dd>
          </>
        )}
        {change.detail && (
          <>
            <dt>{t(model ? 'changes.secret' : 'changes.detail')}</dt>
            <dd>{model ? change.detail.split(' ').map((field) => fieldText(t, model, field)).join(', ') : recordText(change)}</dd>
          </>
        )}
      </dl>
      {change.taken_back && <p className="lk-chip lk-note">{t('changes.taken_back')}</p>}
      {change.takes_back && <p className="lk-muted">{t('changes.takes_back')}</p>}
      {model && linesOf(change).length > 0 && <Lines change={change} now={now} />}
      {change.note && <p className="lk-chip lk-tone-ringing lk-note">{change.note}</p>}
      {failure && (
        <p role="alert" className="lk-chip lk-tone-danger lk-note">
          {failure}
        </p>
      )}
      {change.can_take_back && (
        <div>
          <Sure
            busy={busy}
            because={overtaken ? t('changes.stale_now') : undefined}
            first={t('changes.take_back')}
            second={t('changes.take_back_sure')}
            run={run}
          />
        </div>
      )}
    </div>
  );
}
