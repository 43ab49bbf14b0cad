import { useTranslation } from 'react-i18next';

import type { Row } from '../../api/v6';
import { useLive } from '../../live';
import { Connection } from './Connection';
import { fieldsOf, valueAt, type Resource } from './kit';
import { QueuePeople } from './QueuePeople';
import { RecordingHead } from './recordings/RecordingHead';
import { RoutingTree } from './routing/RoutingTree';
import { useLabels } from './useLabels';

/// A record for those who may not change it: text.
/// `replace`: begins one of the company's own instead, if that may be done.
export function ResourceView({ resource, record, replace }: { resource: Resource; record: Row; replace?: () => void }) {
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
      {resource.model === 'recordings' && <RecordingHead record={record} replace={replace} />}
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
      {resource.model === 'inboundRoutes' && <RoutingTree rule={String(record.name)} />}
      {resource.model === 'queues' && <QueuePeople queue={String(record.name)} />}
      {resource.model === 'sipDevices' && record.type === 'sip' && <Connection device={String(record.name)} />}
    </div>
  );
}
