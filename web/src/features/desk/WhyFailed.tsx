// Why a call out did not come about, in words: busy, nobody picked up, no way out.
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';

export function WhyFailed({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { end_reason: reason, end_status: status } = activity;
  if (activity.direction !== 'out' || !activity.finished || activity.connected || !reason || reason === 'none') return null;
  return (
    <p className="lk-row lk-tone-ringing lk-said" role="status">
      <IconAlertCircle size={18} aria-hidden />
      {t(`failed.${reason}`)} {status ? `(${status})` : ''}
    </p>
  );
}
