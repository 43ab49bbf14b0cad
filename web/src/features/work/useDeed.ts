// Doing something on the server: busy while it runs, and a plain word when it was refused.
import i18next from 'i18next';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { toast } from '../../ui/toasts';

/// What a refusal says, in one text.
export function refusalText(error: unknown, fallback: string): string {
  if (!(error instanceof ApiError)) return error instanceof Error && error.message ? error.message : fallback;
  if (error.blockers.length > 0) {
    return error.blockers.map((blocker) => `${blocker.text} ${blocker.fix}`).join('\n');
  }
  if (error.status === 0) return i18next.t('error.offline_hint');
  if (error.status === 429 && error.retryAfter > 0) return i18next.t('error.slow_down', { seconds: error.retryAfter });
  if (error.status >= 500) return [error.message, i18next.t('error.server', { code: error.code })].filter(Boolean).join(' ');
  return error.message || fallback;
}

export function useDeed() {
  const [busy, setBusy] = useState<string | null>(null);
  const { t } = useTranslation();
  const run = useCallback(
    async (name: string, deed: () => Promise<unknown>): Promise<boolean> => {
      setBusy(name);
      try {
        await deed();
        return true;
      } catch (error) {
        const offline = error instanceof ApiError && error.status === 0;
        toast(t(offline ? 'error.offline' : 'error.refused'), refusalText(error, t('error.failed')), true);
        return false;
      } finally {
        setBusy(null);
      }
    },
    [t],
  );
  return { run, busy };
}
