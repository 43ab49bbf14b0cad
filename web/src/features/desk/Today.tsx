import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { statistics } from '../../api/live';
import { duration, number } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';

/// My numbers since midnight.
export function Today({ user, state }: { user: string; state: string }) {
  const { t } = useTranslation();
  const found = useQuery({
    // Asked anew whenever my state changes: then my numbers did too.
    queryKey: ['stats', 'users', 'today', state],
    placeholderData: keepPreviousData,
    staleTime: 0,
    queryFn: () => statistics('users', {}),
    refetchInterval: 60_000,
  });
  const row = found.data?.find((each) => each.user?.name === user);
  const figure = (name: string) => (row?.[name] as number | undefined) ?? 0;
  return (
    <section className="lk-card lk-stack" aria-label={t('today.title')}>
      <h2>{t('today.title')}</h2>
      {found.isPending && <Waiting rows={2} />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && !row && <p className="lk-muted">{t('today.none')}</p>}
      {row && (
        <dl className="lk-figures">
          {(['activities', 'accepted', 'unanswered'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`today.${name}`)}</dt>
              <dd>{number(figure(name))}</dd>
            </div>
          ))}
          {(['talking_time', 'logged_in_time'] as const).map((name) => (
            <div key={name}>
              <dt>{t(`today.${name}`)}</dt>
              <dd>{duration(figure(name))}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
