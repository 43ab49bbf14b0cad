// Doing something on the server: busy while it runs, and a plain word when it was refused.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ApiError } from '../../api/errors';
import { toast } from '../../ui/toasts';

/// What a refusal says, in one text.
export function refusalText(error: unknown, fallback: string): string {
  if (!(error instanceof ApiError)) return fallback;
  if (error.blockers.length > 0) {
    return error.blockers.map((blocker) => `${blocker.text} ${blocker.fix}`).join('\n');
  }
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
        toast(t('error.refused'), refusalText(error, t('error.failed')), true);
        return false;
      } finally {
        setBusy(null);
      }
    },
    [t],
  );
  return { run, busy };
}
