// Offers on the screens that have no work list: in the middle of the bar, whose place is always kept.
import { useMemo } from 'react';

import { useLive, workOf } from '../../live';
import { EndedOffer } from './EndedOffer';
import { OfferLine } from './OfferCard';

export function BarOffers({ beside }: { beside: boolean }) {
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  const ended = useLive((live) => live.ended);
  const offers = useMemo(() => workOf({ activities, me }).offers, [activities, me]);
  const first = offers[0];
  if (!me) return null;
  if (first) return <OfferLine activity={first} may={me.can.answer_web} first offers={offers.length} beside={beside} />;
  const over = Object.values(ended)[0];
  return over && !beside ? <EndedOffer activity={over.activity} /> : null;
}
