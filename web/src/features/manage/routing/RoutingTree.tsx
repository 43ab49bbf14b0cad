// Every way that a call can take which this rule gets, as the sandbox has it.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

import { routing, type TreePlace } from '../../../api/routing';
import { Failed, Waiting } from '../../../ui/States';
import { treeKey } from './useSandbox';

function Place({ place }: { place: TreePlace }) {
  const { t } = useTranslation();
  const exits = place.exits ?? [];
  return (
    <>
      {t(`destination.${place.kind}` as 'destination.queue')} {place.title && <strong>{place.title}</strong>}
      {place.again && <span className="lk-muted"> – {t('tree.again')}</span>}
      {exits.length > 0 && (
        <ul>
          {exits.map((exit, i) => (
            <li key={i}>
              <span className="lk-muted">{t(`tree.${exit.kind}`, { key: exit.key })}: </span>
              <Place place={exit.to} />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

export function RoutingTree({ rule }: { rule: string }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: [...treeKey, rule], queryFn: () => routing.tree(rule) });
  if (found.isPending) return <Waiting rows={2} />;
  if (found.isError) return <Failed error={found.error} />;
  const { tree } = found.data;
  if (!tree) return null;
  return (
    <section className="lk-card lk-tree" aria-label={t('tree.title')}>
      <h3>{t('tree.title')}</h3>
      <ul>
        {tree.announcement && (
          <li>
            <span className="lk-muted">{t('tree.first')}: </span>
            {t('destination.announcement')} <strong>{tree.announcement}</strong>
          </li>
        )}
        <li>
          {tree.time_group && <span className="lk-muted">{t('tree.open', { group: tree.time_group })}: </span>}
          <Place place={tree.to} />
        </li>
        {tree.when_shut && (
          <li>
            <span className="lk-muted">{t('tree.shut')}: </span>
            <Place place={tree.when_shut} />
          </li>
        )}
      </ul>
    </section>
  );
}
