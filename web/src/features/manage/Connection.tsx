// What is typed into a telephone so that it registers.
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { telephones } from '../../api/live';
import { v6 } from '../../api/v6';
import { Failed, Waiting } from '../../ui/States';

function Copied({ value, name }: { value: string; name: string }) {
  const { t } = useTranslation();
  const [done, setDone] = useState(false);
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconCopy size={14} aria-hidden />}
      aria-label={t('manage.copy_of', { what: name })}
      onClick={() => void navigator.clipboard.writeText(value).then(() => setDone(true))}
    >
      {t(done ? 'manage.copied' : 'common.copy')}
    </Button>
  );
}

/// For a SIP telephone; the password is an administrator's to read.
export function Connection({ device }: { device: string }) {
  const { t } = useTranslation();
  const [seen, setSeen] = useState(false);
  const record = useQuery({
    queryKey: ['v6', 'sipDevices', 'one', device],
    queryFn: () => v6.one('sipDevices', device),
  });
  const ports = useQuery({ queryKey: ['telephones'], queryFn: telephones });
  if (record.isPending || ports.isPending) return <Waiting rows={3} />;
  if (record.isError || ports.isError) return <Failed error={record.error ?? ports.error} />;
  const password = typeof record.data.password === 'string' ? record.data.password : '';
  const host = location.hostname;
  const facts: [string, string][] = [
    [t('manage.sip_host'), host],
    [t('manage.sip_ports'), t('manage.sip_ports_are', { port: ports.data.sip_port, tls: ports.data.sips_port })],
    [t('manage.sip_user'), device],
  ];
  return (
    <section className="lk-card lk-stack" aria-label={t('manage.connection')}>
      <h3>{t('manage.connection')}</h3>
      <dl className="lk-facts">
        {facts.map(([term, value]) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <dt>{t('manage.sip_password')}</dt>
        <dd className="lk-row lk-wrap">
          {password ? (
            <>
              <code className="lk-secret">{seen ? password : '••••••••'}</code>
              <Button size="compact-xs" variant="subtle" onClick={() => setSeen(!seen)}>
                {t(seen ? 'manage.hide' : 'manage.show')}
              </Button>
              <Copied value={password} name={t('manage.sip_password')} />
            </>
          ) : (
            t('manage.sip_password_none')
          )}
        </dd>
      </dl>
      {host !== '127.0.0.1' && host !== 'localhost' ? null : <p className="lk-muted lk-small">{t('manage.sip_host_local')}</p>}
    </section>
  );
}
