// The columns of a list of Manage: fields of the record, and what is known beside it: whose a device
// is and whether it is registered, who works in a queue, the state of a user.
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { telephones } from '../../api/live';
import { v6, type Row } from '../../api/v6';
import { useLive, useMay } from '../../live';
import type { Column } from '../../ui/DataTable';
import { duration, number } from '../../ui/format';
import { stateWord } from '../work/personState';
import { AskingLine } from './Asking';
import { titleOf, valueAt, type Resource } from './kit';
import { TrunkState } from './TrunkState';
import { useLabels } from './useLabels';
import { addressOf, PlayButton } from './recordings/PlayButton';
import { usersOf } from './recordings/RecordingHead';
import { useOwners } from './useOwners';

/// Roles that have their words here.
const builtIn = ['admin', 'manager', 'agent', 'back_office'];

const refreshEvery = 15_000;

function useBeside(resource: Resource): (name: string, row: Row) => ReactNode | undefined {
  const { t } = useTranslation();
  const users = useLive((live) => live.users);
  const owners = useOwners('devices');
  const workers = useOwners('queues');
  const seesPeople = useMay()('users', 'read');
  const devices = useQuery({
    queryKey: ['telephones'],
    queryFn: telephones,
    enabled: resource.model === 'sipDevices',
    refetchInterval: refreshEvery,
  });
  return useMemo(() => {
    const there = new Map(devices.data?.devices.map((device) => [device.name, device]));
    return (name, row) => {
      const key = String(row.name);
      switch (name) {
        case 'owner':
          if (row.shared === true) return t('manage.shared');
          if (!seesPeople) return t('manage.people_unread_short');
          return (owners.get(key) ?? []).map((owner) => owner.title).join(', ') || '–';
        case 'registered': {
          const device = there.get(key);
          if (!device) return '–';
          if (row.type === 'external') return t('manage.always_reachable');
          return (
            <span>
              <span className="lk-row">
                <span className={`lk-dot ${device.reachable ? 'lk-dot--on' : ''}`} />
                {t(device.reachable ? 'manage.registered' : 'manage.not_registered')}
              </span>
              <AskingLine asking={device.asking} />
            </span>
          );
        }
        case 'logged_in': {
          const user = there.get(key)?.user;
          return user ? (users[user]?.title ?? user) : '–';
        }
        case 'people': {
          if (!seesPeople) return t('manage.people_unread_short');
          const here = (workers.get(key) ?? []).filter((user) => users[user.name]?.queues?.includes(Number(key)));
          return t('manage.people_now', { now: number(here.length), all: number(workers.get(key)?.length ?? 0) });
        }
        case 'role': {
          const role = row.role as { name?: string; title?: string } | null;
          return role?.name && !builtIn.includes(role.name) ? role.title : undefined;
        }
        case 'listen':
          // A click elsewhere in the row opens it.
          return (
            <span onClick={(event) => event.stopPropagation()}>
              <PlayButton address={addressOf(row.name)} what={titleOf(row)} />
            </span>
          );
        case 'title':
          if (row.built_in !== true || resource.model !== 'recordings') return undefined;
          return (
            <>
              {titleOf(row)} <span className="lk-chip lk-small">{t('recordings.built_in')}</span>
            </>
          );
        case 'duration':
          return duration(row.duration as number | null);
        case 'used_by':
          return usersOf(row).map(({ title }) => title).join(', ') || '–';
        case 'state': {
          if (resource.model === 'trunks') return <TrunkState trunk={key} />;
          const user = users[key];
          if (user?.type !== 'CC') return '–';
          return stateWord(t, user);
        }
        default:
          return undefined;
      }
    };
  }, [t, users, owners, workers, seesPeople, devices.data, resource.model]);
}

/// Records that fields of this model name, by their titles.
function useNamed(resource: Resource): (field: string, value: unknown) => string | undefined {
  const models = [...new Set(resource.fields.flatMap(({ kind, of }) => (kind === 'names' && of ? [of] : [])))];
  const may = useMay();
  const lists = useQueries({
    queries: models.map((of) => ({ queryKey: ['v6', of, 'all'], queryFn: () => v6.all(of), enabled: may(of, 'read') })),
    combine: (results) => results.map((result) => result.data?.data),
  });
  return useMemo(() => {
    const titles = new Map(
      models.map((of, i) => [of, new Map((lists[i] ?? []).map((row) => [String(row.name), titleOf(row)]))]),
    );
    return (name, value) => {
      const of = resource.fields.find((field) => field.name === name && field.kind === 'names')?.of;
      if (!of || !Array.isArray(value)) return undefined;
      return value.map((one) => titles.get(of)?.get(String(one)) ?? String(one)).join(', ') || '–';
    };
  }, [resource, lists]); // of which `models` is made
}

export function useListColumns(resource: Resource, open: (row: Row) => void): Column<Row>[] {
  const { label, shown } = useLabels(resource);
  const beside = useBeside(resource);
  const named = useNamed(resource);
  return useMemo(
    () =>
      resource.columns.map((name, i): Column<Row> => {
        const text = (row: Row) => beside(name, row) ?? named(name, valueAt(row, name)) ?? shown(name, valueAt(row, name));
        const plain = (row: Row) => {
          const found = text(row);
          return typeof found === 'string' ? found : JSON.stringify(valueAt(row, name) ?? '');
        };
        return {
          id: name,
          title: label(name),
          value: name === 'registered' || (name === 'state' && resource.model === 'trunks') ? undefined : plain,
          cell: (row) =>
            i === 0 ? (
              <button type="button" className="lk-table__open" onClick={() => open(row)}>
                {text(row)}
              </button>
            ) : (
              text(row)
            ),
        };
      }),
    [resource, label, shown, beside, named, open],
  );
}
