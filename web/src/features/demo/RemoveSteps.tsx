// What would go and what stays, then the question, then what has happened.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { got, live } from '../../api/http';
import { Failed, Waiting } from '../../ui/States';
import { DemoAmountsTable } from './DemoAmountsTable';
import { DemoGone } from './DemoGone';
import { RemoveForm } from './RemoveForm';

interface Props {
  onGone: () => void;
  onClose: () => void;
}

export function RemoveSteps({ onGone, onClose }: Props) {
  const { t } = useTranslation();
  const [done, setDone] = useState<{ administrator: string; listens: string } | null>(null);
  const report = useQuery({
    queryKey: ['demo'],
    queryFn: () => got(live.GET('/api/live/demo')),
    enabled: !done,
    staleTime: 0,
    gcTime: 0,
  });
  if (done) return <DemoGone {...done} />;
  if (report.error) return <Failed error={report.error} retry={() => void report.refetch()} />;
  if (!report.data) return <Waiting />;
  const { goes, stays, administrator, calls_now: callsNow, numbers_cut_off: cutOff } = report.data;
  return (
    <div className="lk-stack lk-loose">
      <p>{t('remove_demo.lead')}</p>
      <DemoAmountsTable goes={goes} stays={stays} />
      <p className="lk-muted">{t('remove_demo.stays', { name: administrator })}</p>
      {cutOff > 0 && <p className="lk-chip lk-tone-ringing lk-note">{t('remove_demo.cut_off', { count: cutOff })}</p>}
      <RemoveForm
        administrator={administrator}
        callsNow={callsNow}
        onClose={onClose}
        onRefused={() => void report.refetch()}
        onDone={(answer) => {
          setDone(answer);
          onGone();
        }}
      />
    </div>
  );
}
