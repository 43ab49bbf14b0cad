// Says it when a colleague took over a device that I was logged in to.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { onPush } from '../../live';
import { toast } from '../../ui/toasts';

export function useTaken(): void {
  const { t } = useTranslation();
  useEffect(
    () =>
      onPush((message) => {
        if (message.type !== 'device_taken') return;
        const { title, by } = message as { title: string; by: { title: string } };
        toast(t('devices.taken_from', { title, by: by.title }), t('devices.taken_from_hint'), true);
      }),
    [t],
  );
}
