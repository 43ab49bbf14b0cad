// "Why me, why not them": an answer in a sentence, the way of the call, then the server's decisions
// about it, as it took them.
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { why } from '../../api/live';
import { ApiError } from '../../api/errors';
import { useLive } from '../../live';
import { phone, time } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';
import { answerOf, type Explained } from './why';

function Decision({ decision }: { decision: Explained['decisions'][number] }) {
  const { t } = useTranslation();
  const queues = useLive((live) => live.queues);
  return (
    <div className="lk-why__one">
      <h3>
        {time(decision.at)} · {t('why.queue', { queue: queues[String(decision.queue)]?.title ?? decision.queue })}
      </h3>
      <div className="lk-small lk-muted">
        {t('why.strategy')}: {t(`strategy.${decision.strategy}` as 'strategy.leastrecent', decision.strategy)}
      </div>
      <ul>
        {decision.candidates.map((candidate, i) => {
          const chosen = candidate.rule === 'chosen';
          const Sign = chosen ? IconCheck : IconMinus;
          return (
            <li key={candidate.user.name ?? i}>
              <Sign size={16} className={chosen ? 'lk-tick' : 'lk-muted'} aria-hidden />
              <strong>{candidate.user.title ?? t('why.someone')}</strong>
              <span className={chosen ? '' : 'lk-muted'}>{candidate.text}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

export function WhyPanel({ activity }: { activity: string }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['why', activity], queryFn: () => why(activity) as Promise<Explained>, retry: false });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError && found.error instanceof ApiError && found.error.status === 404) {
    return <p className="lk-muted">{t('why.none')}</p>;
  }
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { decisions, offers, path = [] } = found.data;
  const answer = answerOf(found.data);
  if (!answer && decisions.length === 0 && offers.length === 0) {
    return <p className="lk-muted">{t('why.none')}</p>;
  }
  return (
    <div className="lk-why">
      {answer && (
        <p>
          {'text' in answer
            ? answer.text
            : t(`why.answer_${answer.key}`, {
                who: answer.who,
                count: answer.free,
                strategy: t(`strategy.${answer.strategy}` as 'strategy.leastrecent', answer.strategy),
              })}
        </p>
      )}
      {path.length > 0 && (
        <p className="lk-muted">
          {path.map((place) => (place.kind === 'number' ? phone(place.title) : place.title)).join(' → ')}
        </p>
      )}
      {decisions.map((decision) => (
        <Decision key={decision.id} decision={decision} />
      ))}
      {offers.length > 0 && (
        <div>
          <h3>{t('why.offers')}</h3>
          <ul>
            {offers.map((offer) => (
              <li key={offer.activity}>
                <span className="lk-muted">{time(offer.started)}</span>
                <strong>{offer.user.title ?? t('why.someone')}</strong>
                <span>{offer.text || (offer.outcome ? t(`why.${offer.outcome}`) : t('why.ringing'))}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
