import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';
import { nearTime } from '../../ui/format';

/// How work stands, in a word; of what is postponed, until when.
export function useStateText({ state, until }: Activity): string {
  const { t } = useTranslation();
  return state === 'postponed' && until ? t('activity.postponed_until', { at: nearTime(until) }) : t(`activity.${state}`);
}
