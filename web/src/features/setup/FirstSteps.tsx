// First steps of a new company: what to set up next, built from what is there.
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../api/v6';
import { useMay, useMe } from '../../live';
import { isSetUp, stepsOf, type Counted, type Step } from './steps';
import './setup.css';

const models = ['queues', 'users', 'sipDevices', 'statuses', 'pauses'] as const;

function useCounted(): Counted | null {
  const found = useQueries({
    queries: models.map((model) => ({ queryKey: ['v6', model, 'all'], queryFn: () => v6.all(model) })),
  });
  if (found.some((each) => !each.data)) return null;
  return Object.fromEntries(models.map((model, i) => [model, found[i]?.data?.data ?? ([] as Row[])])) as unknown as Counted;
}

function Way({ step: { name, place, done } }: { step: Step }) {
  const { t } = useTranslation();
  if ('to' in place) {
    return (
      <Link to={place.to} hash={name === 'shift' ? 'shift' : undefined}>
        {t(name === 'shift' ? 'steps.to_shift' : 'steps.try')}
      </Link>
    );
  }
  return (
    <Link to="/manage/$resource" params={{ resource: place.resource }} search={done ? {} : { edit: place.edit }}>
      {t(done ? 'steps.look' : name === 'rights' ? 'steps.open' : 'steps.go')}
    </Link>
  );
}

/// Colleagues call each other without a trunk. Nothing once there is one, or to whoever may make none.
function TrunkNote() {
  const { t } = useTranslation();
  const may = useMay()('trunks', 'create');
  const { data } = useQuery({ queryKey: ['v6', 'trunks', 'all'], queryFn: () => v6.all('trunks'), enabled: may });
  if (!may || !data || data.data.length > 0) return null;
  return (
    <p className="lk-muted">
      {t('steps.trunk_about')}{' '}
      <Link to="/manage/$resource" params={{ resource: 'trunks' }} search={{ edit: '+' }}>
        {t('steps.trunk')}
      </Link>
    </p>
  );
}

/// Nothing once the company can work.
export function FirstSteps() {
  const { t } = useTranslation();
  const counted = useCounted();
  const me = useMe();
  if (!counted || !me) return null;
  const steps = stepsOf(counted, me);
  if (isSetUp(steps)) return null;
  const next = steps.find((step) => !step.done);
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="lk-card lk-stack lk-first" aria-labelledby="first-steps">
      <div className="lk-row">
        <h2 id="first-steps" className="lk-grow">
          {t('steps.title')}
        </h2>
        <span className="lk-muted">{t('steps.done', { done, all: steps.length })}</span>
      </div>
      <ol className="lk-bare lk-steps">
        {steps.map((step) => (
          <li key={step.name} className="lk-row" data-next={step === next || undefined}>
            {step.done ? (
              <IconCircleCheck size={20} className="lk-tick" role="img" aria-label={t('steps.is_done')} />
            ) : (
              <IconCircleDashed size={20} className="lk-muted" role="img" aria-label={t('steps.is_open')} />
            )}
            <div className="lk-grow">
              <strong>{t(`steps.${step.name}`)}</strong>
              <p className="lk-muted">{t(`steps.${step.name}_about`)}</p>
            </div>
            <Way step={step} />
          </li>
        ))}
      </ol>
      <TrunkNote />
    </section>
  );
}
