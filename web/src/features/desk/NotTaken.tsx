// An offer that was not taken ended in a pause: what that means, and the way out of it.
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import { Action } from '../../ui/Action';
import { useDeed } from '../work/useDeed';

export function NotTaken() {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  return (
    <section className="lk-card lk-row lk-tone-pause" aria-label={t('state.missed')}>
      <IconAlertCircle size={18} aria-hidden />
      <p className="lk-grow">{t('desk.not_taken')}</p>
      <Action variant="filled" busy={busy === 'back'} onClick={() => void run('back', () => deeds.pause(null))}>
        {t('state.act_back')}
      </Action>
    </section>
  );
}
