import { useTranslation } from 'react-i18next';

import { inboundFigures, outboundFigures, userFigures, type AnyFigure } from './figures';
import type { Of } from './period';

const figuresOf: Record<Of, readonly AnyFigure[]> = {
  queues: [...inboundFigures, ...outboundFigures],
  users: userFigures,
  outcomes: [],
};

/// What a table counts, an example, and every figure in a sentence.
export function Definitions({ of }: { of: Of }) {
  const { t } = useTranslation();
  const labels = [...new Set(figuresOf[of].map(({ label }) => label))];
  return (
    <div className="lk-card lk-stack">
      <p>{t(`stats.${of}_explained`)}</p>
      {of !== 'outcomes' && <p className="lk-muted">{t(`stats.${of}_example`)}</p>}
      {labels.length > 0 && (
        <details>
          <summary>{t('stats.about_title')}</summary>
          <dl className="lk-facts">
            {labels.map((label) => (
              <div key={label} style={{ display: 'contents' }}>
                <dt>{t(`stats.figure.${label}`)}</dt>
                <dd>{t(`stats.about.${label as 'total'}`)}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
