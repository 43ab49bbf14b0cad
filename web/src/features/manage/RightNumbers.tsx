// What goes with a right: after how many seconds a device begins to ring and how long it does, and how far
// back somebody stands in a queue.
import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { useLimits } from '../../api/limits';
import type { Limits, Span } from '../../api/types';
import { upTo } from './limit';

export interface Numbers {
  penalty?: number;
  delay?: number;
  ring?: number;
}

type Name = keyof Numbers;

const shown: Record<'queues' | 'sipDevices', [Name, (limits: Limits) => Span][]> = {
  queues: [['penalty', (limits) => upTo(limits.penalty)]],
  sipDevices: [
    ['delay', (limits) => limits.device_delay],
    ['ring', (limits) => limits.device_ring],
  ],
};

interface Props {
  of: 'queues' | 'sipDevices';
  /// Of the queue or device.
  title: string;
  value: Numbers;
  change: (value: Numbers) => void;
}

export function RightNumbers({ of, title, value, change }: Props) {
  const { t } = useTranslation();
  const limits = useLimits();
  return (
    <div className="lk-row lk-wrap lk-right">
      {shown[of].map(([name, spanOf]) => {
        const span = limits && spanOf(limits);
        return (
          <label key={name} className="lk-row lk-small lk-muted">
            {t(`right.${name}`)}
            <TextInput
              type="number"
              size="xs"
              aria-label={t('right.of', { what: t(`right.${name}`), title })}
              min={span?.least}
              max={span?.most}
              value={value[name] ?? 0}
              onChange={(event) => {
                const typed = Math.round(Number(event.currentTarget.value));
                if (span && typed >= span.least) change({ [name]: Math.min(typed, span.most) });
              }}
            />
            {of === 'sipDevices' && t('common.unit_s')}
          </label>
        );
      })}
    </div>
  );
}
