// A telephone that asks to register as this device and never answers the password question.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { telephones } from '../../api/live';
import type { Telephones } from '../../api/types';
import { dateTime } from '../../ui/format';

type Asking = Telephones['devices'][number]['asking'];

/// One line, for lists.
export function AskingLine({ asking }: { asking: Asking }) {
  const { t } = useTranslation();
  if (!asking) return null;
  return (
    <span className="lk-small lk-tone-danger">
      {t('manage.asking', { times: asking.times, since: dateTime(asking.since) })}
    </span>
  );
}

/// The same above the form, with what to do.
export function AskingNote({ device }: { device: string }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ['telephones'], queryFn: telephones });
  const asking = found.data?.devices.find((each) => each.name === device)?.asking;
  if (!asking) return null;
  const what = { times: asking.times, since: dateTime(asking.since), address: asking.address };
  return (
    <div className="lk-card lk-stack" role="note">
      <p>
        {asking.user_agent
          ? t('manage.asking_named', { ...what, agent: asking.user_agent })
          : t('manage.asking_unnamed', what)}
      </p>
      <p>{t('manage.asking_do')}</p>
    </div>
  );
}
