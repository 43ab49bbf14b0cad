// The begin of the shift in one click: yesterday's device and queues, and ready. What it will do stands
// beside it; what is in the way, once and here.
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me, Start } from '../../api/types';
import { refreshMe } from '../../live';
import { Action } from '../../ui/Action';
import { Reasons } from '../../ui/Reasons';
import { useDeed } from '../work/useDeed';
import { lacksQueues } from './start';

export function StartShift({ me }: { me: Me & { start: Start } }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  // A colleague may have taken the device since, and when it is refused that is why.
  useEffect(() => void refreshMe(), []);
  const start = () => void run('start', () => deeds.start(taken !== undefined)).then((ok) => void (ok || refreshMe()));
  const { devices, queues, left_out: left, blockers } = me.start;
  const nameOf = (name: string) => [...me.devices, ...me.devices_available].find((each) => each.name === name)?.title ?? name;
  const queueOf = (name: number) => [...me.queues, ...me.queues_available].find((each) => each.name === name)?.title ?? String(name);
  const taken = blockers.find((blocker) => (blocker.code as string) === 'device_in_use');
  const others = blockers.filter((blocker) => blocker !== taken);
  const lists = { devices: devices.map(nameOf).join(', ') || '–', queues: queues.map(queueOf).join(', ') || '–' };
  return (
    <div id="shift" className="lk-stack lk-start">
      <div className="lk-row">
        <Action
          variant="filled"
          icon={<IconPlayerPlay size={16} aria-hidden />}
          because={others.length > 0 ? t('start.blocked') : lacksQueues(me) ? t('start.no_queue') : undefined}
          busy={busy === 'start'}
          onClick={start}
        >
          {t(taken ? 'start.take' : 'start.title')}
        </Action>
        <p className="lk-grow lk-small">{lacksQueues(me) ? t('start.no_queue') : t('start.about', lists)}</p>
      </div>
      {taken && <Reasons blockers={[taken]} quiet />}
      {left.length > 0 && <p className="lk-small lk-muted">{t('start.left_out', { names: left.join(', ') })}</p>}
      <Reasons blockers={others} />
    </div>
  );
}
