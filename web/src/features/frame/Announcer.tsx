// Says offers aloud once, in the title, and outside the page when its tab is hidden.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { Activity } from '../../api/types';
import { partyOf, useMe } from '../../live';
import { phone } from '../../ui/format';

export function Announcer({ offers }: { offers: Activity[] }) {
  const { t } = useTranslation();
  const [said, setSaid] = useState('');
  const answers = useMe()?.can.answer_web.ok ?? false;
  const known = useRef(new Map<string, Notification | null>());
  useEffect(() => {
    document.title = offers.length > 0 ? `(${offers.length}) Linka` : 'Linka';
    const now = new Set(offers.map((offer) => offer.name));
    for (const [name, notification] of known.current) {
      if (now.has(name)) continue;
      notification?.close();
      known.current.delete(name);
    }
    for (const offer of offers) {
      if (known.current.has(offer.name)) continue;
      const { name, number } = partyOf(offer);
      const text = t('frame.incoming', {
        from: name || phone(number) || t('work.unknown'),
        queue: offer.queue?.title ?? t('work.direct'),
      });
      setSaid(answers ? `${text} ${t('frame.incoming_key')}` : text);
      const show = document.hidden && 'Notification' in window && Notification.permission === 'granted';
      known.current.set(offer.name, show ? new Notification('Linka', { body: text, tag: offer.name }) : null);
    }
  }, [offers, answers, t]);
  return (
    <div role="alert" className="lk-skip">
      {said}
    </div>
  );
}
