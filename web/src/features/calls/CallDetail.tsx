import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { listOf, type CallRow, type CallWork } from '../../api/lists';
import { useLive } from '../../live';
import { serverNow } from '../../ui/clock';
import { dateTime, duration, number, phone } from '../../ui/format';
import { Empty, Failed, Waiting } from '../../ui/States';
import { Since } from '../../ui/Timer';
import { WhyPanel } from '../work/WhyPanel';
import { customerOf, idIn, standingOf } from './call';
import { CallBack } from './CallBack';
import { Player } from './Player';
import { Standing } from './Standing';

function Work({ work }: { work: CallWork }) {
  const { t } = useTranslation();
  const title = work.user_title ?? t('calls.nobody');
  return (
    <section className="lk-stack" aria-label={title}>
      <h2>{title}</h2>
      <dl className="lk-facts">
        <dt>{t('calls.outcome')}</dt>
        <dd>{work.statuses.map((status) => status.title).join(', ') || t('calls.outcome_none')}</dd>
        <dt>{t('calls.note')}</dt>
        <dd className="lk-pre">{work.note || t('calls.note_none')}</dd>
      </dl>
      {work.recorded && <Player activity={work.name} />}
    </section>
  );
}

/// While it goes on, and a minute longer: its recording is being made then.
const askAgainIn = (call: CallRow | undefined): number | false =>
  call && (!call.ended || (!call.recorded && serverNow() - Date.parse(call.ended) < 60_000)) ? 2000 : false;

/// One call by its number: how it went, what people made of it, its recordings, and why them.
export function CallDetail({ name }: { name: string }) {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  const id = idIn(name);
  const found = useQuery({
    queryKey: ['lists', 'interactions', 'one', id],
    queryFn: () =>
      listOf<CallRow>('interactions', { filter: [{ field: 'id', operator: 'eq', value: id || '0' }], take: 1 }),
    refetchInterval: (query) => askAgainIn(query.state.data?.data[0]),
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const call = found.data.data[0];
  if (!call) return <Empty title={t('error.not_found')}>{t('error.not_found_hint')}</Empty>;
  const customer = customerOf(call);
  const { since } = standingOf(call);
  const running = since !== null;
  const facts: [string, ReactNode][] = [
    [t('calls.time'), dateTime(call.entered)],
    [t('calls.direction'), t(`direction.${call.direction}`)],
    [t('calls.customer'), [customer.name, phone(customer.number)].filter(Boolean).join(' · ') || t('work.unknown')],
    [t('calls.dialled'), phone(call.number) || '–'],
    [t('calls.queue'), queues[String(call.queue)]?.title ?? (call.queue ? String(call.queue) : t('work.direct'))],
    [t('calls.wait'), since && !call.answered ? <Since at={since} /> : duration(call.wait)],
    [t('calls.talk'), since && call.answered ? <Since at={since} /> : duration(call.talk)],
    [t('calls.hold'), duration(call.hold)],
    [t('calls.attempts'), number(call.attempts)],
  ];
  const works = call.activities.filter((work) => work.user !== null);
  const asked = call.activities[0]?.name ?? call.waiting_as;
  return (
    <div className="lk-stack lk-loose">
      <div className="lk-row lk-wrap">
        <Standing call={call} />
        <CallBack number={customer.number} />
      </div>
      <dl className="lk-facts">
        {facts.map(([term, value]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {works.map((work) => (
        <Work key={work.name} work={work} />
      ))}
      {works.length > 0 && !works.some((work) => work.recorded) && (
        <p className="lk-muted">{t(running ? 'player.later' : 'player.none')}</p>
      )}
      {asked && call.direction === 'in' && (
        <section className="lk-stack" aria-label={t('calls.way')}>
          <h2>{t('calls.way')}</h2>
          <WhyPanel activity={asked} />
        </section>
      )}
    </div>
  );
}
