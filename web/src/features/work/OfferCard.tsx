// Work that is offered to me now: who, from where, how long, and Answer only when it can work.
import { IconPhoneIncoming, IconPhoneOff, IconPhoneCall } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity, May } from '../../api/types';
import { partyOf } from '../../live';
import { answerLeg, usePhone } from '../../phone';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Reasons } from '../../ui/Reasons';
import { Ring, Since } from '../../ui/Timer';
import { useDeed } from './useDeed';

interface Props {
  activity: Activity;
  may: May;
  /// Keys act on this one.
  first: boolean;
}

export function OfferCard({ activity, may, first }: Props) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const { name, number } = partyOf(activity);
  const legs = usePhone((line) => line.legs);
  const device = usePhone((line) => line.device);
  const ringing = legs.find((leg) => leg.state === 'ringing');
  const title = name || phone(number) || t('work.unknown');
  return (
    <section className="lk-offer" aria-label={t('work.offer_of', { name: title })}>
      <div className="lk-row">
        <IconPhoneIncoming size={20} aria-hidden />
        <div className="lk-grow">
          <h3 className="lk-cut">{title}</h3>
          {name && <div className="lk-small">{phone(number)}</div>}
        </div>
        <Ring from={activity.ringing ?? null} until={activity.until ?? null} />
      </div>
      <div className="lk-small">
        {activity.queue ? activity.queue.title : t('work.direct')} · {t('work.waits')}{' '}
        <Since at={activity.since} />
      </div>
      {!may.ok && (
        <>
          <Reasons blockers={may.blockers} />
          {activity.ringing_devices.length > 0 && (
            <div className="lk-small">
              {t('work.rings_on', { devices: activity.ringing_devices.join(', ') })}
            </div>
          )}
        </>
      )}
      <div className="lk-row lk-wrap">
        {may.ok && (
          <Action
            variant="answer"
            icon={<IconPhoneCall size={18} aria-hidden />}
            busy={busy === 'accept'}
            shortcut={first ? 'F2' : undefined}
            onClick={() => void run('accept', () => deeds.accept(activity.name))}
          >
            {t('work.answer')}
            {first && <kbd className="lk-key">F2</kbd>}
          </Action>
        )}
        {!may.ok && ringing && (
          <Action
            variant="answer"
            icon={<IconPhoneCall size={18} aria-hidden />}
            onClick={() => void answerLeg(ringing.leg)}
          >
            {t('work.pick_up_on', { device: device ?? '' })}
          </Action>
        )}
        <Action
          variant="danger"
          icon={<IconPhoneOff size={18} aria-hidden />}
          busy={busy === 'reject'}
          shortcut={first ? 'F4' : undefined}
          onClick={() => void run('reject', () => deeds.reject(activity.name))}
        >
          {t('work.reject')}
          {first && <kbd className="lk-key">F4</kbd>}
        </Action>
      </div>
    </section>
  );
}
