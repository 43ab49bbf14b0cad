// One line for each thing that a person may want to do: possible, or why not and what mends it.
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { Ability, Me } from '../../api/types';
import { Reasons } from '../../ui/Reasons';
import './work.css';

const abilities: Ability[] = ['receive_calls', 'call_out', 'answer_web', 'auto_answer', 'send_email', 'take_chat'];

export function Readiness({ me }: { me: Me }) {
  const { t } = useTranslation();
  return (
    <ul className="lk-bare" aria-label={t('state.readiness')}>
      {abilities.map((ability) => {
        const may = me.can[ability];
        return (
          <li key={ability} className="lk-ability">
            {may.ok && <IconCircleCheck size={16} className="lk-tick" aria-hidden />}
            <div className="lk-grow">
              <strong>{t(`can.${ability}`)}</strong>{' '}
              {may.ok ? <span className="lk-muted">{t('can.yes')}</span> : <Reasons blockers={may.blockers} />}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
