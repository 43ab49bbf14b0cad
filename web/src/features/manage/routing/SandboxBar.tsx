// Above the lists of routing: what waits to be applied, and the ways to apply it, throw it away and undo.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { routing } from '../../../api/routing';
import { Action } from '../../../ui/Action';
import { Sure } from '../../../ui/Sure';
import { toast } from '../../../ui/toasts';
import { useDeed } from '../../work/useDeed';
import { fieldText, valueText } from '../changes/words';
import { words } from '../words';
import { TryCall } from './TryCall';
import { useSandbox, useSandboxNews } from './useSandbox';

type Changes = Awaited<ReturnType<typeof routing.changes>>['changes'];

function Difference({ changes }: { changes: Changes }) {
  const { t } = useTranslation();
  return (
    <ul className="lk-stack" aria-label={t('sandbox.difference')}>
      {changes.map(({ model, name, title, change, before, after }) => {
        const was = before as Record<string, unknown>;
        const is = after as Record<string, unknown>;
        const what = title || String((is.did ?? was.did) || name);
        return (
          <li key={`${model} ${name}`}>
            {t(words(model).title)}: <strong>{what}</strong> – {t(`sandbox.${change}`)}
            {change !== 'remove' && (
              <ul>
                {Object.keys({ ...was, ...is })
                  .filter((field) => change === 'update' || valueText(t, model, field, is[field]) !== '–')
                  .map((field) => (
                    <li key={field} className="lk-small">
                      {fieldText(t, model, field)}: {change === 'update' && <>{valueText(t, model, field, was[field])} → </>}
                      {valueText(t, model, field, is[field])}
                    </li>
                  ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}

export function SandboxBar({ mayApply }: { mayApply: boolean }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const found = useSandbox();
  const news = useSandboxNews();
  const [open, setOpen] = useState<'difference' | 'try' | null>(null);
  if (!found.data) return null;
  const { changes, can_undo } = found.data;
  const does = (what: 'apply' | 'discard' | 'undo') =>
    void run(what, () => routing[what]()).then(async (ok) => {
      await news();
      if (!ok) return;
      setOpen(null);
      toast(t(`sandbox.${what}_done`), '', false);
    });
  const toggle = (what: 'difference' | 'try') => setOpen(open === what ? null : what);
  return (
    <section className="lk-card lk-sandbox" aria-label={t('sandbox.title')}>
      <div className="lk-row lk-wrap">
        <span role="status" className="lk-grow">
          {changes.length > 0 ? t('sandbox.waiting', { count: changes.length }) : t('sandbox.same')}
        </span>
        <Button aria-expanded={open === 'try'} onClick={() => toggle('try')}>
          {t('sandbox.try')}
        </Button>
        {changes.length > 0 && (
          <Button aria-expanded={open === 'difference'} onClick={() => toggle('difference')}>
            {t('sandbox.show')}
          </Button>
        )}
        {mayApply && changes.length > 0 && (
          <>
            <Action variant="filled" busy={busy === 'apply'} onClick={() => does('apply')}>
              {t('sandbox.apply')}
            </Action>
            <Sure variant="danger" busy={busy === 'discard'} first={t('sandbox.discard')} second={t('sandbox.discard_sure')} run={() => does('discard')} />
          </>
        )}
        {mayApply && can_undo && (
          <Sure variant="default" busy={busy === 'undo'} first={t('sandbox.undo')} second={t('sandbox.undo_sure')} run={() => does('undo')} />
        )}
      </div>
      {open === 'difference' && changes.length > 0 && <Difference changes={changes} />}
      {open === 'try' && <TryCall />}
    </section>
  );
}
