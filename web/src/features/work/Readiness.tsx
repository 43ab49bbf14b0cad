// A short list of what a person may want to do: possible, or in a few words what it lacks. Opened, each
// line says why in the server's words and offers what mends it.
import { IconAlertCircle, IconCircleCheck, IconCircleMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import type { Ability, Blocker, May, Me } from '../../api/types';
import { usePhone } from '../../phone';
import { Reasons } from '../../ui/Reasons';
import { isWrap } from './fixes';
import './work.css';

/// What the day's work needs; its lack is a warning.
const main: Ability[] = ['receive_calls', 'call_out', 'answer_web'];

/// What is of use only to some: listed for those who have such a queue, and never as a warning.
const further: [Ability, (me: Me) => boolean][] = [
  ['auto_answer', (me) => me.can.auto_answer.ok],
  ['send_email', (me) => has(me, 'email')],
  ['take_chat', (me) => has(me, 'chat')],
];

/// Nothing in this installation can do it yet: then nothing is said of it.
export const isOffered = (may: May & { offered?: boolean }): boolean => may.offered !== false;

const has = (me: Me, type: string): boolean => [...me.queues, ...me.queues_available].some((queue) => queue.type === type);

/// What the browser alone knows: no call is answered in it without a microphone.
function useOwnReason(me: Me, ability: Ability): string | null {
  const { t } = useTranslation();
  const microphone = usePhone((line) => line.microphone);
  const web = me.devices.some((device) => device.type === 'web');
  if (ability !== 'answer_web' || !web || !['denied', 'missing'].includes(microphone)) return null;
  return t(microphone === 'denied' ? 'phone.denied' : 'phone.missing');
}

function Line({ me, ability, open, mild }: { me: Me; ability: Ability; open?: boolean; mild?: boolean }) {
  const { t } = useTranslation();
  const { ok, blockers } = me.can[ability];
  const own = useOwnReason(me, ability);
  if (ok && !own) {
    return (
      <li className="lk-ability">
        <IconCircleCheck size={16} className="lk-tick" aria-hidden />
        <span>
          <strong>{t(`can.${ability}`)}</strong> <span className="lk-muted">{t('can.yes')}</span>
        </span>
      </li>
    );
  }
  const lacks = [...blockers.map((blocker: Blocker) => (isWrap(blocker, me) ? t('lacks.wrap') : t(`lacks.${blocker.code}` as 'lacks.busy', blocker.text))), ...(own ? [t('lacks.microphone')] : [])];
  return (
    <li className="lk-ability">
      {mild ? (
        <IconCircleMinus size={16} className="lk-muted" aria-hidden />
      ) : (
        <IconAlertCircle size={16} className="lk-warn" aria-hidden />
      )}
      <details className="lk-grow" open={open}>
        <summary>
          <strong>{t(`can.${ability}`)}</strong> <span className="lk-muted">– {lacks.join(', ')}</span>
        </summary>
        <Reasons blockers={blockers} />
        {own && <p>{own}</p>}
      </details>
    </li>
  );
}

/// `open`: the first line that lacks something is opened already.
export function Readiness({ me, open = false }: { me: Me; open?: boolean }) {
  const { t } = useTranslation();
  const first = open ? main.find((ability) => !me.can[ability].ok) : undefined;
  return (
    <ul className="lk-bare" aria-label={t('state.readiness')}>
      {main.map((ability) => (
        <Line key={ability} me={me} ability={ability} open={ability === first || undefined} />
      ))}
      {further
        .filter(([ability, wanted]) => wanted(me) && isOffered(me.can[ability]))
        .map(([ability]) => (
          <Line key={ability} me={me} ability={ability} mild />
        ))}
    </ul>
  );
}
