// What goes with a right: after how many seconds a device begins to ring and how long it does, and how far
// back somebody stands in a queue.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLimits } from '../../api/limits';
import type { Limits, Span } from '../../api/types';
import { numberOf } from './kit';
import { upTo } from './limit';
import { NumberInput } from '../../ui/NumberInput';

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

/// What is typed stays as it is while one types, told on as soon as it is a number from `span.least` on.
function Entry({ label, span, value, change }: { label: string; span: Span | undefined; value: number; change: (value: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <NumberInput
      size="xs"
      aria-label={label}
      value={typed ?? value}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const number = numberOf(event.currentTarget.value, null);
        if (span && typeof number === 'number' && number >= span.least) change(Math.min(number, span.most));
      }}
    />
  );
}

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
            <Entry
              label={t('right.of', { what: t(`right.${name}`), title })}
              span={span}
              value={value[name] ?? 0}
              change={(number) => change({ [name]: number })}
            />
            {of === 'sipDevices' && t('common.unit_s')}
          </label>
        );
      })}
    </div>
  );
}
