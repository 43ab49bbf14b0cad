// Left of the desk: what is offered, what is mine, what waits in my queues.
import { Button } from '@mantine/core';
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing, IconPhonePause } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Activity, Me } from '../../api/types';
import { useLive, useParty } from '../../live';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { Since } from '../../ui/Timer';
import { EndedOffer } from './EndedOffer';
import { openMenu, showActivity, useDeskWork } from './menus';
import { MissedList } from './MissedList';
import { OfferCard } from './OfferCard';
import { useSteady } from './steady';
import { takeBlockers } from './take';
import { useDeed } from './useDeed';
import { useStateText } from './useStateText';
import './work.css';

function icon(activity: Activity): ReactNode {
  if (activity.state === 'hold' || activity.state === 'postponed') return <IconPhonePause size={16} aria-hidden />;
  if (activity.direction === 'out') return <IconPhoneOutgoing size={16} aria-hidden />;
  return activity.state === 'waiting' ? <IconPhoneIncoming size={16} aria-hidden /> : <IconPhone size={16} aria-hidden />;
}

interface RowProps {
  activity: Activity;
  selected?: boolean;
  /// Not mine: there is nothing to open yet.
  waits?: boolean;
  /// It waited a moment ago.
  gone?: boolean;
  after?: ReactNode;
}

function Row({ activity, selected, waits, gone, after }: RowProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { name, number } = useParty(activity);
  const stands = useStateText(activity);
  const state = gone ? t('work.waits_no_more') : stands;
  const contents = (
    <>
      {icon(activity)}
      <span className="lk-grow">
        <span className="lk-cut lk-work__title">{name || phone(number) || t('work.unknown')}</span>
        <span className="lk-cut lk-small lk-muted">
          {activity.queue?.title ?? t('work.direct')} · {state}
        </span>
      </span>
      <span className="lk-small">
        {!gone && activity.state !== 'postponed' && <Since at={activity.finished ?? activity.connected ?? activity.since} />}
      </span>
    </>
  );
  const open = () => {
    showActivity(activity.name);
    void navigate({ to: '/' });
  };
  return (
    <li className="lk-work" data-selected={selected || undefined} data-gone={gone || undefined}>
      {waits ? (
        <span className="lk-work__open">{contents}</span>
      ) : (
        <button type="button" className="lk-work__open" aria-current={selected ? 'true' : undefined} onClick={open}>
          {contents}
        </button>
      )}
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

/// Callers of my queues. Rows stand still while somebody aims at one.
function WaitingList({ me, waiting }: { me: Me; waiting: Activity[] }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [held, setHeld] = useState(false);
  const shown = useSteady(waiting, held);
  const blocked = !me.can.receive_calls.ok;
  return (
    <Section title={t('work.waiting')} count={waiting.length}>
      {shown.length === 0 && (
        <div className="lk-list__none">
          <p>{t(blocked ? 'work.waiting_blocked' : 'work.waiting_none')}</p>
          {blocked && (
            <Button size="compact-xs" onClick={() => openMenu('state')}>
              {t('work.why_blocked')}
            </Button>
          )}
        </div>
      )}
      <ul
        className="lk-bare"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {shown.map(({ row: activity, gone }) => (
          <Row
            key={activity.name}
            activity={activity}
            waits
            gone={gone}
            after={
              <Action
                size="compact-xs"
                blockers={gone ? undefined : takeBlockers(me)}
                because={gone ? t('work.waits_no_more') : undefined}
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
  );
}

/// Where an offer will be, kept free for it, so that nothing below moves when it comes.
function Offers({ me, offers }: { me: Me; offers: Activity[] }) {
  const { t } = useTranslation();
  const ended = useLive((live) => live.ended);
  const over = Object.values(ended);
  return (
    <section className="lk-list__offers" aria-label={t('work.offered')}>
      {offers.length === 0 && over.length === 0 && <p className="lk-list__calm">{t('work.offered_none')}</p>}
      {offers.map((offer, i) => (
        <OfferCard key={offer.name} activity={offer} may={me.can.answer_web} first={i === 0} offers={offers.length} />
      ))}
      {over.map(({ activity }) => (
        <EndedOffer key={activity.name} activity={activity} />
      ))}
    </section>
  );
}

/// `inDrawer`: offers are in the bar then.
export function WorkList({ inDrawer = false }: { inDrawer?: boolean }) {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const work = useDeskWork();
  if (!me) return null;
  return (
    <div className="lk-list">
      {!inDrawer && <Offers me={me} offers={work.offers} />}
      <Section title={t('work.mine')} count={work.mine.length}>
        {work.mine.length === 0 && <p className="lk-list__none">{t('work.mine_none')}</p>}
        <ul className="lk-bare">
          {work.mine.map((activity) => (
            <Row key={activity.name} activity={activity} selected={activity === work.shown} />
          ))}
        </ul>
      </Section>
      <WaitingList me={me} waiting={work.waiting} />
      <MissedList me={me} />
    </div>
  );
}
