// The day's work: the chosen activity, or what I could do now and how today went.
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { useLive, workOf } from '../../live';
import { DialBox } from '../work/DialBox';
import { showActivity, useShown } from '../work/menus';
import { Readiness } from '../work/Readiness';
import { ActivityView } from './ActivityView';
import { Customer } from './Customer';
import { canStart } from './start';
import { StartShift } from './StartShift';
import { Today } from './Today';
import './desk.css';

export function Desk() {
  const { t } = useTranslation();
  const me = useLive((live) => live.me);
  const activities = useLive((live) => live.activities);
  const chosen = useShown((shown) => shown.activity);
  const mine = useMemo(() => workOf({ activities, me }).mine, [activities, me]);
  const activity = mine.find((each) => each.name === chosen) ?? mine[0];
  useEffect(() => {
    if (activity && activity.name !== chosen) showActivity(activity.name);
  }, [activity, chosen]);
  if (!me) return null;
  return (
    <div className="lk-desk" data-customer={activity ? true : undefined}>
      <div className="lk-page">
        {activity ? (
          <ActivityView key={activity.name} activity={activity} />
        ) : (
          <>
            <h1>{t('desk.title')}</h1>
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
      {activity && <Customer activity={activity} />}
    </div>
  );
}
