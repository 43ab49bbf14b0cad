// Choosing a period by name, or its days.
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { daysOf, isoDay, periodNames, type PeriodName } from './period';

interface Chosen {
  period?: PeriodName;
  from?: string;
  to?: string;
}

interface Props extends Chosen {
  change: (next: Chosen) => void;
  /// Whether any time may be meant as well.
  any?: boolean;
}

export function PeriodFields({ period, from, to, any, change }: Props) {
  const { t } = useTranslation();
  const choose = (name: string) => {
    const next = (name || undefined) as PeriodName | undefined;
    if (next !== 'custom') return change({ period: next, from: undefined, to: undefined });
    // What was shown stays shown until other days are chosen.
    const shown = daysOf(period ?? 'today', new Date(), from, to);
    const last = new Date(shown.until.getTime());
    last.setDate(last.getDate() - 1);
    return change({ period: next, from: isoDay(shown.from), to: isoDay(last) });
  };
  return (
    <>
      <NativeSelect
        label={t('period.label')}
        value={period ?? ''}
        data={[
          ...(any ? [{ value: '', label: t('period.any') }] : []),
          ...periodNames.map((value) => ({ value, label: t(`period.${value}`) })),
        ]}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {period === 'custom' && (
        <>
          <TextInput
            type="date"
            label={t('common.from')}
            value={from ?? ''}
            onChange={(event) => change({ period, from: event.currentTarget.value || undefined, to })}
          />
          <TextInput
            type="date"
            label={t('common.to')}
            min={from}
            value={to ?? ''}
            onChange={(event) => change({ period, from, to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </>
  );
}
