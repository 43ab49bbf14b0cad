import { useTranslation } from 'react-i18next';

import { logOutUser } from '../../api/live';
import type { Row } from '../../api/v6';
import { useLive, useMe } from '../../live';
import { Sure } from '../../ui/Sure';
import { useDeed } from '../work/useDeed';
import { titleOf } from './kit';

/// Whether this user is at work, so that rights and extension cannot change.
export const useAtWork = (name: string | undefined): boolean =>
  useLive((live) => {
    const user = name === undefined ? undefined : live.users[name];
    // Back-office users have no session.
    return user?.type === 'CC' && user.state !== 'logged_out';
  });

/// Says which fields are locked while the user is logged in, and offers to log them out.
export function LockedNote({ record, fields }: { record: Row; fields: string[] }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const me = useMe();
  const own = me?.user.name === record.name;
  return (
    <div className="lk-card lk-stack" role="note">
      <p>{t(own ? 'manage.locked_own' : 'manage.locked', { name: titleOf(record), fields: fields.join(', ') })}</p>
      {!own && (
        <div>
          <Sure
            busy={busy === 'out'}
            first={t('manage.log_out', { name: titleOf(record) })}
            second={t('realtime.log_out_sure')}
            run={() => run('out', () => logOutUser(String(record.name)))}
          />
        </div>
      )}
    </div>
  );
}
