// Whether a trunk works now: registered, there, or what is wrong, in the server's words.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { v6 } from '../../api/v6';

const refreshEvery = 10_000;

interface State {
  registered: boolean | null;
  reachable: boolean | null;
  rtt_ms: number | null;
  error: string | null;
}

function useTrunkState(trunk: string): State | null {
  const all = useQuery({ queryKey: ['v6', 'trunks', 'states'], queryFn: () => v6.all('trunks'), refetchInterval: refreshEvery });
  const row = all.data?.data.find(({ name }) => name === trunk);
  return (row?.state as State | null | undefined) ?? null;
}

export function TrunkState({ trunk }: { trunk: string }) {
  const { t } = useTranslation();
  const state = useTrunkState(trunk);
  if (!state) return <>–</>;
  const on = !state.error && (state.registered ?? state.reachable) === true;
  const word = state.registered !== null ? (state.registered ? 'trunk_registered' : 'trunk_not_registered') : state.reachable ? 'trunk_there' : 'trunk_not_there';
  return (
    <span>
      <span className="lk-row">
        <span className={`lk-dot ${on ? 'lk-dot--on' : ''}`} />
        {t(`manage.${word}`)}
        {state.rtt_ms !== null && <span className="lk-muted">{t('manage.trunk_rtt', { ms: state.rtt_ms })}</span>}
      </span>
      {state.error && <span className="lk-muted lk-small">{state.error}</span>}
    </span>
  );
}
