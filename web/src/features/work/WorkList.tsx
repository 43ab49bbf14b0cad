// Left of the desk: what is offered, what is mine, what waits in my queues.
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhonePause, IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity } from '../../api/types';
import { partyOf, useLive, workOf } from '../../live';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Reasons } from '../../ui/Reasons';
import { Since } from '../../ui/Timer';
import { EndedOffer } from './EndedOffer';
import { forgetMissed, showActivity, useShown } from './menus';
import { OfferCard } from './OfferCard';
import { useDeed } from './useDeed';
import './work.css';

function icon(activity: Activity): ReactNode {
  if (activity.state === 'hold' || activity.state === 'postponed') return <IconPhonePause size={16} aria-hidden />;
  if (activity.direction === 'out') return <IconPhoneOutgoing size={16} aria-hidden />;
  return activity.state === 'waiting' ? <IconPhoneIncoming size={16} aria-hidden /> : <IconPhone size={16} aria-hidden />;
}

function Row({ activity, selected, after }: { activity: Activity; selected?: boolean; after?: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { name, number } = partyOf(activity);
  return (
    <li className="lk-work" data-selected={selected || undefined}>
      <button
        type="button"
        className="lk-work__open"
        aria-current={selected ? 'true' : undefined}
        onClick={() => {
          showActivity(activity.name);
          void navigate({ to: '/' });
        }}
      >
        {icon(activity)}
        <span className="lk-grow">
          <span className="lk-cut lk-work__title">{name || phone(number) || t('work.unknown')}</span>
          <span className="lk-cut lk-small lk-muted">
            {activity.queue?.title ?? t('work.direct')} · {t(`activity.${activity.state}`)}
          </span>
        </span>
        <span className="lk-small">
          <Since at={activity.finished ?? activity.connected ?? activity.since} />
        </span>
      </button>
      {after}
    </li>
  );
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="lk-list__head">
        {title} <span className="lk-muted">{count}</span>
      </h2>
      {children}
    </section>
  );
}

export function WorkList() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  const ended = useLive((live) => live.ended);
  const work = useMemo(() => workOf({ activities, me }), [activities, me]);
  const selected = useShown((shown) => shown.activity);
  const missed = useShown((shown) => shown.missed);
  const { run, busy } = useDeed();
  if (!me) return null;
  const blocked = !me.can.receive_calls.ok && work.waiting.length === 0 && work.offers.length === 0;
  return (
    <div className="lk-list">
      {work.offers.map((offer, i) => (
        <OfferCard key={offer.name} activity={offer} may={me.can.answer_web} first={i === 0} />
      ))}
      {Object.values(ended).map(({ activity }) => (
        <EndedOffer key={activity.name} activity={activity} />
      ))}
      <Section title={t('work.mine')} count={work.mine.length}>
        {work.mine.length === 0 && <p className="lk-list__none">{t('work.mine_none')}</p>}
        <ul className="lk-bare">
          {work.mine.map((activity) => (
            <Row key={activity.name} activity={activity} selected={activity.name === selected} />
          ))}
        </ul>
      </Section>
      <Section title={t('work.waiting')} count={work.waiting.length}>
        {blocked ? (
          <div className="lk-list__none">
            <p>{t('work.waiting_blocked')}</p>
            <Reasons blockers={me.can.receive_calls.blockers} />
          </div>
        ) : (
          work.waiting.length === 0 && <p className="lk-list__none">{t('work.waiting_none')}</p>
        )}
        <ul className="lk-bare">
          {work.waiting.map((activity) => (
            <Row
              key={activity.name}
              activity={activity}
              after={
                <Action
                  size="compact-xs"
                  blockers={me.can.receive_calls.blockers}
                  busy={busy === activity.name}
                  onClick={() => void run(activity.name, () => deeds.take(activity.name))}
                >
                  {t('work.take')}
                </Action>
              }
            />
          ))}
        </ul>
      </Section>
      {missed.length > 0 && (
        <Section title={t('work.missed')} count={missed.length}>
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
        </Section>
      )}
    </div>
  );
}
