// The button in the demo's ribbon that ends the demo. Its dialog is loaded when it is opened.
import { IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { withMore } from '../../i18n';
import { Action } from '../../ui/Action';
import { Side } from '../../ui/Side';
import { Waiting } from '../../ui/States';
import { useRights } from '../../live';

const Steps = lazy(async () => ({ default: (await withMore(import('./RemoveSteps'))).RemoveSteps }));

export function RemoveDemo() {
  const { t } = useTranslation();
  const rights = useRights();
  const [opened, setOpened] = useState(false);
  if (!rights?.demo?.includes('remove')) return null;
  return (
    <>
      <Action size="compact-sm" icon={<IconTrash size={16} aria-hidden />} onClick={() => setOpened(true)}>
        {t('remove_demo.remove')}
      </Action>
      <Side opened={opened} onClose={() => setOpened(false)} title={t('remove_demo.remove')}>
        <Suspense fallback={<Waiting />}>
          <Steps onClose={() => setOpened(false)} />
        </Suspense>
      </Side>
    </>
  );
}
