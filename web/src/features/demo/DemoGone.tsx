import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/// What has happened, what to know, and the way on.
export function DemoGone({ administrator, listens }: { administrator: string; listens: string }) {
  const { t } = useTranslation();
  const way = useRef<HTMLButtonElement>(null);
  useEffect(() => way.current?.focus(), []);
  return (
    <div className="lk-stack lk-loose" role="status">
      <h3>{t('remove_demo.gone')}</h3>
      <p>{t('remove_demo.gone_next', { name: administrator })}</p>
      {listens && <p className="lk-chip lk-tone-ringing lk-note">{t('remove_demo.gone_listens', { address: listens })}</p>}
      <div className="lk-row">
        <Button ref={way} variant="filled" onClick={() => location.assign('/login')}>
          {t('sign_in.enter')}
        </Button>
      </div>
    </div>
  );
}
