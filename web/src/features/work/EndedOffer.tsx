// What became of an offer, for four seconds after it ended.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { why } from '../../api/live';
import type { Activity, Why } from '../../api/types';
import { useParty } from '../../live';
import { phone } from '../../ui/format';

type Outcome = 'returned' | 'missed' | 'rejected' | 'withdrawn' | 'taken' | 'unknown';

/// How the offer ended, and who took the call instead.
export function outcomeOf(found: Why | undefined, activity: string): { outcome: Outcome; by: string } {
  const own = found?.offers.find((offer) => offer.activity === activity);
  if (!own?.outcome || own.outcome === 'accepted') return { outcome: 'unknown', by: '' };
  const taken = found?.offers.find((offer) => offer.outcome === 'accepted');
  if (own.outcome === 'withdrawn' && taken) {
    return { outcome: 'taken', by: taken.user.title ?? taken.user.name ?? '' };
  }
  return { outcome: own.outcome, by: '' };
}

export function EndedOffer({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['why', activity.name, 'ended'],
    queryFn: () => why(activity.name),
    retry: false,
    enabled: activity.state === 'ringing',
  });
  // It was answered, and hung up at once.
  const returned = { outcome: 'returned' as const, by: '' };
  const { outcome, by } = activity.state === 'ringing' ? outcomeOf(found.data, activity.name) : returned;
  const { name, number } = useParty(activity);
  return (
    <div className="lk-offer lk-offer--ended" role="status">
      <strong className="lk-cut">{name || phone(number)}</strong>
      <span>{t(`work.ended_${outcome}`, { by })}</span>
    </div>
  );
}
