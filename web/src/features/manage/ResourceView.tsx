import { useTranslation } from 'react-i18next';

import type { Row } from '../../api/v6';
import { useLive } from '../../live';
import { Connection } from './Connection';
import { fieldsOf, valueAt, type Resource } from './kit';
import { QueuePeople } from './QueuePeople';
import { useLabels } from './useLabels';

/// A record for those who may not change it: text.
export function ResourceView({ resource, record }: { resource: Resource; record: Row }) {
  const { t } = useTranslation();
  const { label, shown } = useLabels(resource);
  const queues = useLive((live) => live.queues);
  const text = (name: string, value: unknown) =>
    name === 'queues' && Array.isArray(value)
      ? value.map((right: { name: number }) => queues[String(right.name)]?.title ?? right.name).join(', ') || '–'
      : shown(name, value);
  return (
    <div className="lk-stack lk-loose">
      <p className="lk-muted">{t(record.built_in === true ? 'manage.built_in' : 'manage.read_only')}</p>
      <dl className="lk-facts">
        {fieldsOf(resource, record)
          .filter((field) => field.kind !== 'password')
          .map(({ name }) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{label(name)}</dt>
              <dd>{text(name, valueAt(record, name))}</dd>
            </div>
          ))}
      </dl>
      {resource.model === 'queues' && <QueuePeople queue={String(record.name)} />}
      {resource.model === 'sipDevices' && record.type === 'sip' && <Connection device={String(record.name)} />}
    </div>
  );
}
