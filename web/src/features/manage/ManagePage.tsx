import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../live';
import { FirstSteps } from './FirstSteps';
import { resources } from './resources';
import './manage.css';

/// What can be set up, with a sentence each.
export function ManagePage() {
  const { t } = useTranslation();
  const admin = useMe()?.user.access === 'admin';
  return (
    <div className="lk-page">
      <h1>{t('nav.manage')}</h1>
      {admin ? <FirstSteps /> : <p className="lk-muted">{t('manage.admin_only')}</p>}
      <ul className="lk-bare lk-tiles">
        {resources.map(({ model }) => (
          <li key={model}>
            <Link to="/manage/$resource" params={{ resource: model }} className="lk-card lk-tile">
              <h2>{t(`manage.${model}.title`)}</h2>
              <p className="lk-muted">{t(`manage.${model}.about`)}</p>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
