import { IconPhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { useMe } from '../../live';
import { Action } from '../../ui/Action';
import { phone } from '../../ui/format';
import { dial } from '../work/dial';
import { useDeed } from '../work/useDeed';

/// Dials a number from a list; a word if it cannot be done now. Nothing if there is no number.
export function CallBack({ number, compact }: { number: string; compact?: boolean }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const me = useMe();
  if (!me || number.replace(/\D/g, '').length < 2) return null;
  return (
    <span onClick={(event) => event.stopPropagation()}>
      <Action
        compact={compact}
        icon={<IconPhone size={16} aria-hidden />}
        blockers={me.can.call_out.blockers}
        busy={busy === 'call'}
        onClick={() => void run('call', () => dial(number))}
      >
        {t('calls.call_back', { number: phone(number) })}
      </Action>
    </span>
  );
}
