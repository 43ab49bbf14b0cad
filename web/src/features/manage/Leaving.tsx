import { Button } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

interface Props {
  /// Whether something would be lost, asked when someone leaves.
  dirty: () => boolean;
}

/// Leaving a changed form, by Esc, by its cross, by a link or by Back, asks first.
export function Leaving({ dirty }: Props) {
  const { t } = useTranslation();
  const leaving = useBlocker({ shouldBlockFn: dirty, enableBeforeUnload: dirty, withResolver: true });
  if (leaving.status !== 'blocked') return null;
  return (
    <div role="alertdialog" aria-label={t('manage.unsaved')} className="lk-card lk-stack lk-leaving">
      <p>{t('manage.unsaved')}</p>
      <div className="lk-row">
        <Button autoFocus variant="filled" onClick={leaving.reset}>
          {t('manage.keep_editing')}
        </Button>
        <Button variant="danger" onClick={leaving.proceed}>
          {t('manage.throw_away')}
        </Button>
      </div>
    </div>
  );
}
