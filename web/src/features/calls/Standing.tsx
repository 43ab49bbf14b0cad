import { useTranslation } from 'react-i18next';

import type { CallRow } from '../../api/lists';
import { Since } from '../../ui/Timer';
import { resultOf, standingOf } from './call';

/// How a call stands: going on with its time, or how it ended.
export function Standing({ call }: { call: CallRow }) {
  const { t } = useTranslation();
  const { key, tone, since } = standingOf(call);
  return (
    <span className={`lk-chip lk-tone-${tone}`}>
      {key === 'result' ? t(`result.${resultOf(call)}` as 'result.answered', resultOf(call)) : t(`calls.running_${key}`)}
      {since && <Since at={since} />}
    </span>
  );
}
