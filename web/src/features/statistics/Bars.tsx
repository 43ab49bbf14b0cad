// Calls over time as bars: answered below, unanswered above, told apart by a pattern as well as by
// colour. The table beside it has the same numbers.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';

import type { StatRow } from '../../api/types';
import { dateTime, day, number } from '../../ui/format';
import { byTime } from './figures';
import type { Step } from './period';

const height = 96;
const wide = 18;
const gap = 4;

export function Bars({ rows, step }: { rows: StatRow[]; step: Step }) {
  const { t } = useTranslation();
  const pattern = useId();
  const bars = byTime(rows);
  const most = Math.max(1, ...bars.map((bar) => bar.answered + bar.unanswered));
  if (bars.length < 2) return null;
  const scale = (count: number) => (count / most) * height;
  const first = bars[0];
  const last = bars.at(-1);
  const label = (at: string) => (step === 'day' ? day(at) : dateTime(at));
  return (
    <figure className="lk-bars">
      <figcaption className="lk-row lk-small lk-muted">
        <svg width="10" height="10" aria-hidden>
          <rect width="10" height="10" className="lk-bars__answered" />
        </svg>
        {t('stats.figure.answered')}
        <svg width="10" height="10" aria-hidden>
          <rect width="10" height="10" fill={`url(#${pattern})`} />
        </svg>
        {t('stats.figure.unanswered')}
        <span className="lk-grow" />
        {t('stats.most', { count: most, shown: number(most) })}
      </figcaption>
      <svg viewBox={`0 0 ${bars.length * (wide + gap)} ${height}`} preserveAspectRatio="none" aria-hidden>
        <defs>
          <pattern id={pattern} width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="4" height="4" className="lk-bars__ground" />
            <rect width="2" height="4" className="lk-bars__unanswered" />
          </pattern>
        </defs>
        {bars.map((bar, i) => (
          <g key={bar.from} transform={`translate(${i * (wide + gap)} 0)`}>
            <title>{`${label(bar.from)}: ${number(bar.answered)} + ${number(bar.unanswered)}`}</title>
            <rect
              width={wide}
              y={height - scale(bar.answered)}
              height={scale(bar.answered)}
              className="lk-bars__answered"
            />
            <rect
              width={wide}
              y={height - scale(bar.answered + bar.unanswered)}
              height={scale(bar.unanswered)}
              fill={`url(#${pattern})`}
            />
          </g>
        ))}
      </svg>
      <div className="lk-row lk-small lk-muted">
        <span className="lk-grow">{first && label(first.from)}</span>
        <span>{last && label(last.from)}</span>
      </div>
    </figure>
  );
}
