// The day's work: the chosen activity, or what I could do now and how today went.
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';

import { withMore } from '../../i18n';
import { setsUp, useLive, useRights } from '../../live';
import { DialBox } from '../work/DialBox';
import { useDeskWork } from '../work/menus';
import { Readiness } from '../work/Readiness';
import { ActivityView } from './ActivityView';
import { canStart } from './start';
import { NotTaken } from './NotTaken';
import { StartShift } from './StartShift';
import { Today } from './Today';
import './desk.css';

// Not in the first load: only a new company has them.
const FirstSteps = lazy(async () => ({ default: (await withMore(import('../setup/FirstSteps'))).FirstSteps }));

// It comes a moment after the work, to a place that is kept.
const Customer = lazy(async () => ({ default: (await import('./Customer')).Customer }));

/// From then on a company is no longer new, whatever it lacks.
const newUsersMost = 5;

export function Desk() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const { shown: activity } = useDeskWork();
  const mine = setsUp(useRights());
  const isNew = useLive(
    ({ users, queues }) => mine && (Object.keys(queues).length === 0 || Object.keys(users).length <= newUsersMost),
  );
  if (!me) return null;
  return (
    <div className="lk-desk" data-customer={activity ? true : undefined}>
      <div className="lk-page">
        {activity ? (
          <ActivityView key={activity.name} activity={activity} />
        ) : (
          <>
            <h1>{t('desk.title')}</h1>
            {me.pause?.type === 'lajdak' && <NotTaken />}
            {isNew && (
              <Suspense>
                <FirstSteps />
              </Suspense>
            )}
            <div className="lk-desk__cards">
              <section className="lk-card lk-stack" aria-label={t('state.readiness')}>
                <h2>{t('desk.readiness')}</h2>
                {canStart(me) && <StartShift me={me} />}
                <Readiness me={me} />
              </section>
              <div className="lk-stack lk-loose">
                <DialBox me={me} />
                <Today user={me.user.name} state={me.state} />
              </div>
            </div>
          </>
        )}
        {activity && <DialBox me={me} />}
      </div>
      {activity && (
        <Suspense fallback={<div className="lk-customer" />}>
          <Customer activity={activity} />
        </Suspense>
      )}
    </div>
  );
}
