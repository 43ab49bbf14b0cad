import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../api/v6';
import { dateTime, duration, number, phone } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';
import { WhyPanel } from '../work/WhyPanel';
import { Player } from './Player';
import type { CallRow } from './types';

export function CallDetail({ name }: { name: string }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['v6', 'activitiesCall', 'one', name],
    queryFn: () => v6.one<CallRow>('activitiesCall', name),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const call = found.data;
  const facts: [string, string][] = [
    [t('calls.time'), dateTime(call.call_time)],
    [t('calls.direction'), t(`direction.${call.direction}`)],
    [t('calls.number'), phone(call.clid) || '–'],
    [t('calls.dialled'), phone(call.did) || '–'],
    [t('calls.queue'), call.id_queue?.title ?? t('work.direct')],
    [t('calls.agent'), call.id_agent?.title ?? '–'],
    [t('calls.result'), t(call.answered ? 'calls.answered' : 'calls.unanswered')],
    [t('calls.wait'), duration(call.waiting_time)],
    [t('calls.talk'), duration(call.duration)],
    [t('calls.hold'), duration(call.hold_time)],
    [t('calls.attempts'), number(call.attempts)],
  ];
  return (
    <div className="lk-stack lk-loose">
      <dl className="lk-facts">
        {facts.map(([term, value]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {call.activities.map((activity) => (
        <section key={activity.name} className="lk-stack" aria-label={activity.user?.title ?? activity.name}>
          <h2>{activity.user?.title ?? activity.name}</h2>
          {activity.description && <p>{activity.description}</p>}
          <Player activity={activity.name} />
        </section>
      ))}
      {call.activities[0] && (
        <section className="lk-stack" aria-label={t('why.title')}>
          <h2>{t('why.title')}</h2>
          <WhyPanel activity={call.activities[0].name} />
        </section>
      )}
    </div>
  );
}
