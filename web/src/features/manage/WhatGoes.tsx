import { useTranslation } from 'react-i18next';

import type { Row } from '../../api/v6';
import { number } from '../../ui/format';
import { useOwners } from './useOwners';

/// What a deletion leaves behind, said before it: telephones that nobody else has, people who lose a right. Nothing where
/// nothing follows.
export function WhatGoes({ model, record }: { model: string; record: Row }) {
  const { t } = useTranslation();
  const devices = useOwners('devices');
  const queues = useOwners('queues');
  const key = String(record.name);
  const said = (): string => {
    if (model === 'users') {
      const own = [...devices].filter(([, owners]) => owners.length === 1 && owners[0]?.name === key).map(([name]) => name);
      return own.length > 0 ? t('manage.removes_owner', { count: own.length, devices: own.join(', ') }) : '';
    }
    const count = (model === 'queues' ? queues : model === 'sipDevices' ? devices : new Map<string, unknown[]>()).get(key)?.length ?? 0;
    return count > 0 ? t('manage.removes_rights', { count, shown: number(count) }) : '';
  };
  const text = said();
  return text && <p role="status" className="lk-refusal">{text}</p>;
}
