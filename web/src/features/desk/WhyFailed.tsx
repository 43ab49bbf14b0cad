// Why a call out did not come about, in words: busy, nobody picked up, no way out.
import { IconAlertCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';
import { v6, type Row } from '../../api/v6';

interface Ended extends Row {
  disconnection_cause: string;
}

const causes = ['busy', 'noanswer', 'cancel', 'failed'] as const;
type Cause = (typeof causes)[number];

export function WhyFailed({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const failed =
    activity.direction === 'out' && activity.finished !== null && activity.connected === null && activity.interaction > 0;
  const ended = useQuery({
    queryKey: ['v6', 'activitiesCall', activity.interaction],
    queryFn: () => v6.one<Ended>('activitiesCall', `activitiesCall_${activity.interaction}`),
    enabled: failed,
    // The record may be a moment behind the call.
    refetchInterval: (query) => (query.state.data?.disconnection_cause ? false : 1000),
  });
  if (!failed) return null;
  const cause = ended.data?.disconnection_cause as Cause | undefined;
  return (
    <p className="lk-row lk-tone-ringing lk-said" role="status">
      <IconAlertCircle size={18} aria-hidden />
      {cause && causes.includes(cause) ? t(`failed.${cause}`) : t('failed.unknown')}
    </p>
  );
}
