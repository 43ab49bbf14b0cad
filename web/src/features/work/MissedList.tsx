// Calls that rang at me and were not answered, to be called back.
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me } from '../../api/types';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { forgetMissed, useShown } from './menus';
import { useDeed } from './useDeed';

export function MissedList({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run } = useDeed();
  const missed = useShown((shown) => shown.missed);
  if (missed.length === 0) return null;
  return (
    <section aria-label={t('work.missed')}>
      <h2 className="lk-list__head">
        {t('work.missed')} <span className="lk-muted">{missed.length}</span>
      </h2>
      <ul className="lk-bare">
        {missed.map((call) => (
          <li key={call.activity} className="lk-work">
            <span className="lk-grow lk-work__open">
              <span className="lk-cut">{call.name || phone(call.number)}</span>
            </span>
            <Action
              size="compact-xs"
              blockers={me.can.call_out.blockers}
              onClick={() => void run(call.activity, () => deeds.call(call.number))}
            >
              {t('work.call_back')}
            </Action>
            <Action compact icon={<IconX size={14} aria-hidden />} onClick={() => forgetMissed(call.activity)}>
              {t('common.hide')}
            </Action>
          </li>
        ))}
      </ul>
    </section>
  );
}
