// What would go and what stays, then the question.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { got, live } from '../../api/http';
import { Failed, Waiting } from '../../ui/States';
import { DemoAmountsTable } from './DemoAmountsTable';
import { RemoveForm } from './RemoveForm';

export function RemoveSteps({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const report = useQuery({
    queryKey: ['demo'],
    queryFn: () => got(live.GET('/api/live/demo')),
    staleTime: 0,
    gcTime: 0,
  });
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
      />
    </div>
  );
}
