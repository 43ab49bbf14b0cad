// The three states that every screen has besides its contents: empty, waiting and failed.
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconInbox } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../api/errors';

interface EmptyProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /// The whole page is this: its title is the page's.
  main?: boolean;
}

/// What will be here, why it is empty for you, and one action.
export function Empty({ title, children, action, main }: EmptyProps) {
  const Title = main ? 'h1' : 'h2';
  return (
    <div className="lk-empty">
      <IconInbox size={28} stroke={1.5} aria-hidden />
      <Title>{title}</Title>
      {children && <div className="lk-muted lk-empty__text">{children}</div>}
      {action}
    </div>
  );
}

/// A drawing of what comes, shown only when it takes longer than 150 ms.
export function Waiting({ rows = 6 }: { rows?: number }) {
  const [late, setLate] = useState(false);
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="lk-stack" aria-busy="true" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, i) => (
        <Skeleton key={i} height={i === 0 ? 24 : 28} width={i === 0 ? '40%' : '100%'} />
      ))}
    </div>
  );
}

/// Says what failed in the server's words, and offers to try again.
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const title =
    known?.status === 0
      ? t('error.offline')
      : known?.status === 403
        ? t('error.forbidden')
        : known?.status === 404
          ? t('error.not_found')
          : t('error.failed');
  return (
    <div className="lk-empty" role="alert">
      <IconAlertTriangle size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      {known?.message && <div className="lk-empty__text">{known.message}</div>}
      {(!known || known.status >= 500) && (
        <code className="lk-small lk-muted">{known?.code ?? String(error)}</code>
      )}
      {retry && <Button onClick={retry}>{t('common.retry')}</Button>}
    </div>
  );
}
