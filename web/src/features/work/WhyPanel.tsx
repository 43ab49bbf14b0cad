// "Why me, why not them": the server's decisions about an activity, as it took them.
import { useQuery } from '@tanstack/react-query';
import { IconCheck, IconMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { why } from '../../api/live';
import { time } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';

export function WhyPanel({ activity }: { activity: string }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['why', activity], queryFn: () => why(activity), retry: false });
  if (found.isPending) return <Waiting rows={3} />;
  if (found.isError) return <Failed error={found.error} retry={() => void found.refetch()} />;
  const { decisions, offers } = found.data;
  if (decisions.length === 0 && offers.length === 0) {
    return <p className="lk-muted">{t('why.none')}</p>;
  }
  return (
    <div className="lk-why">
      {decisions.map((decision) => (
        <div key={decision.id} className="lk-why__one">
          <h3>
            {time(decision.at)} · {t('why.queue', { queue: decision.queue })}
          </h3>
          <div className="lk-small lk-muted">
            {t('why.strategy')}:{' '}
            {t(`strategy.${decision.strategy}` as 'strategy.leastrecent', decision.strategy)}
          </div>
          <ul>
            {decision.candidates.map((candidate, i) => (
              <li key={candidate.user.name ?? i}>
                {candidate.rule === 'chosen' ? (
                  <IconCheck size={16} className="lk-tick" aria-hidden />
                ) : (
                  <IconMinus size={16} className="lk-muted" aria-hidden />
                )}
                <strong>{candidate.user.title ?? t('why.someone')}</strong>
                <span className={candidate.rule === 'chosen' ? '' : 'lk-muted'}>{candidate.text}</span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {offers.length > 0 && (
        <div>
          <h3>{t('why.offers')}</h3>
          <ul>
            {offers.map((offer) => (
              <li key={offer.activity}>
                <span className="lk-muted">{time(offer.started)}</span>
                <strong>{offer.user.title ?? t('why.someone')}</strong>
                <span>{offer.outcome ? t(`why.${offer.outcome}`) : t('why.ringing')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
