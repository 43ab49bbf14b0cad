import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { setsUp, useRights } from '../../live';
import { FirstSteps } from '../setup/FirstSteps';
import { Failed, Waiting } from '../../ui/States';
import { useResources } from './useResources';
import { words } from './words';
import './manage.css';

/// What can be set up, with a sentence each.
export function ManagePage() {
  const { t } = useTranslation();
  const found = useResources();
  const rights = useRights();
  const reads = found.data?.every(({ may }) => !may.create && !may.update && !may.remove);
  return (
    <div className="lk-page">
      <h1>{t('nav.manage')}</h1>
      {setsUp(rights) && <FirstSteps />}
      {reads && <p className="lk-muted">{t('manage.read_only')}</p>}
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      <ul className="lk-bare lk-tiles">
        {found.data?.map(({ model }) => (
          <li key={model}>
            <Link to="/manage/$resource" params={{ resource: model }} className="lk-card lk-tile">
              <h2>{t(words(model).title)}</h2>
              <p className="lk-muted">{t(words(model).about)}</p>
            </Link>
          </li>
        ))}
        {rights?.change_log?.includes('read') && (
          <li>
            <Link to="/manage/auditLog" className="lk-card lk-tile">
              <h2>{t('manage.auditLog.title')}</h2>
              <p className="lk-muted">{t('records.auditLog.about')}</p>
            </Link>
          </li>
        )}
      </ul>
    </div>
  );
}
