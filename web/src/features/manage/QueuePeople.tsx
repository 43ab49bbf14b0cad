import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useLive, useMay } from '../../live';
import { useOwners } from './useOwners';

/// Who works in a queue, and whether they are in it now.
export function QueuePeople({ queue }: { queue: string }) {
  const { t } = useTranslation();
  const people = useOwners('queues').get(queue) ?? [];
  const users = useLive((live) => live.users);
  const may = useMay();
  if (!may('users', 'read')) return <p className="lk-muted">{t('manage.people_unread')}</p>;
  return (
    <section className="lk-stack" aria-label={t('manage.people')}>
      <h3>{t('manage.people')}</h3>
      {people.length === 0 && <p className="lk-muted">{t('manage.people_none')}</p>}
      <ul className="lk-bare lk-row lk-wrap lk-people">
        {people.map(({ name, title }) => {
          const here = users[name]?.queues?.includes(Number(queue)) === true;
          return (
            <li key={name} className="lk-row">
              <span
                role="img"
                className={`lk-dot ${here ? 'lk-dot--on' : ''}`}
                aria-label={t(here ? 'manage.in_queue' : 'manage.not_in_queue')}
                title={t(here ? 'manage.in_queue' : 'manage.not_in_queue')}
              />
              <Link to="/manage/$resource" params={{ resource: 'users' }} search={{ edit: name }}>
                {title}
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
