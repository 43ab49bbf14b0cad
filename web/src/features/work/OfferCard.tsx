// Work that is offered to me now: who, from where, how long, and Answer only when it can work. On the desk
// it is a card at the top of the work list, on other screens a line in the bar.
import { IconPhoneCall, IconPhoneIncoming, IconPhoneOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Activity, May } from '../../api/types';
import { useMe, useParty } from '../../live';
import { answerLeg, ringingFor, usePhone } from '../../phone';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Reasons } from '../../ui/Reasons';
import { Ring, Since } from '../../ui/Timer';
import { rejectKey, useActs } from './acts';
import { useCurrentCall } from './CallStrip';

interface Props {
  activity: Activity;
  may: May;
  /// Keys act on this one.
  first: boolean;
  /// How many there are.
  offers: number;
}

function Buttons({ activity, may, first, offers, short }: Props & { short?: boolean }) {
  const { t } = useTranslation();
  const { act, busy } = useActs();
  const call = useCurrentCall();
  const legs = usePhone((line) => line.legs);
  const device = usePhone((line) => line.device);
  const ringing = ringingFor(legs, activity.name, offers);
  const away = usePhone((line) => line.status === 'elsewhere');
  const key = rejectKey(call);
  return (
    <>
      {may.ok && (
        <Action
          variant="answer"
          icon={<IconPhoneCall size={18} aria-hidden />}
          busy={busy === 'answer'}
          shortcut={first ? 'F2' : undefined}
          onClick={() => void act({ do: 'answer', offer: activity })}
        >
          {t(away ? 'work.answer_here' : 'work.answer')}
          {first && <kbd className="lk-key">F2</kbd>}
        </Action>
      )}
      {!may.ok && ringing && (
        <Action variant="answer" icon={<IconPhoneCall size={18} aria-hidden />} onClick={() => void answerLeg(ringing.leg)}>
          {t('work.pick_up_on', { device: device ?? '' })}
        </Action>
      )}
      <Action
        variant="danger"
        compact={short}
        icon={<IconPhoneOff size={18} aria-hidden />}
        busy={busy === 'reject'}
        shortcut={first ? key : undefined}
        onClick={() => void act({ do: 'reject', offer: activity })}
      >
        {short ? t('work.reject') : (
          <>
            {t('work.reject')}
            {first && <kbd className="lk-key">{key.replace('Shift+', '⇧')}</kbd>}
          </>
        )}
      </Action>
    </>
  );
}

export function OfferCard(props: Props) {
  const { activity, may } = props;
  const { t } = useTranslation();
  const { name, number } = useParty(activity);
  const away = usePhone((line) => line.status === 'elsewhere');
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
      <div className="lk-row lk-wrap">
        <Buttons {...props} />
      </div>
      {may.ok && away && <div className="lk-small">{t('work.answer_here_hint')}</div>}
      {!may.ok && (
        <>
          <Reasons blockers={may.blockers} />
          {activity.ringing_devices.length > 0 && (
            <div className="lk-small">{t('work.rings_on', { devices: activity.ringing_devices.join(', ') })}</div>
          )}
        </>
      )}
    </section>
  );
}

/// One line in the bar. Beside a call it is only its name and time, and leads to the desk.
export function OfferLine(props: Props & { beside: boolean }) {
  const { activity, beside, may } = props;
  const { t } = useTranslation();
  const me = useMe();
  const { name, number } = useParty(activity);
  const title = name || phone(number) || t('work.unknown');
  if (!me) return null;
  return (
    <section className="lk-offer lk-offer--line" aria-label={t('work.offer_of', { name: title })}>
      <Link to="/" className="lk-offer__who" title={t('work.to_offer')}>
        <strong className="lk-cut">{title}</strong>
        <span className="lk-cut lk-small">{activity.queue ? activity.queue.title : t('work.direct')}</span>
      </Link>
      <Ring from={activity.ringing ?? null} until={activity.until ?? null} />
      {!beside && <Buttons {...props} short />}
      {!beside && !may.ok && (
        <Link to="/" className="lk-small lk-offer__why">
          {t('work.why_not_here')}
        </Link>
      )}
    </section>
  );
}
