// What this person may do, by module, and the records that they may see, as the server describes them.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import { models } from '../api/live';
import type { Models } from '../api/types';
import { onPush } from './store';

const staleTime = 60_000;

export const described = { queryKey: ['models'], queryFn: models, staleTime };

type Rights = Models['rights'];
type Operation = 'create' | 'read' | 'update' | 'remove';

/// None as long as it is not known.
export const useRights = () => useQuery(described).data?.rights;

const moduleOf: Record<string, string> = { sipDevices: 'devices', auditLog: 'change_log', rightsToCall: 'rights_to_call', inboundRoutes: 'routing', ringGroups: 'routing', timegroups: 'routing', recordings: 'routing' };

/// What may be done with records of a model, or in a module.
export const rightsTo = (rights: Rights | undefined, of: string): readonly string[] => rights?.[moduleOf[of] ?? of] ?? [];

/// Whether this person may do that with records of a model, or in a module; no as long as it is not known.
export function useMay(): (of: string, operation: Operation) => boolean {
  const rights = useRights();
  return (of, operation) => rightsTo(rights, of).includes(operation);
}

/// Who sets a company up: makes people, devices and queues, and sees what else there is.
export const setsUp = (rights: Rights | undefined): boolean =>
  ['users', 'sipDevices', 'queues'].every((of) => rightsTo(rights, of).includes('create')) &&
  ['statuses', 'pauses'].every((of) => rightsTo(rights, of).includes('read'));

/// Asks anew when the server begins anew: it does so at once when one's rights change. What was read by other rights is
/// forgotten.
export function useFollowRights(): void {
  const client = useQueryClient();
  useEffect(() => {
    let begun = false;
    return onPush(({ type }) => {
      if (type !== 'snapshot') return;
      if (begun) void Promise.all(['models', 'v6'].map((key) => client.invalidateQueries({ queryKey: [key] })));
      begun = true;
    });
  }, [client]);
}
