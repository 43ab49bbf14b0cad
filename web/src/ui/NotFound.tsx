import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { Empty } from './States';

/// The same page for what does not exist and for what one may not see.
export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className="lk-page">
      <Empty main title={t('error.not_found')} action={<Link to="/">{t('error.to_desk')}</Link>}>
        {t('error.not_found_hint')}
      </Empty>
    </div>
  );
}
