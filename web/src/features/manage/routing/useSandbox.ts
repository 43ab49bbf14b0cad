// The sandbox of routing: what is edited and not yet how calls go.
import { useQuery, useQueryClient } from '@tanstack/react-query';

import { routing } from '../../../api/routing';

export const sandboxKey = ['routing', 'changes'];
export const treeKey = ['routing', 'tree'];

/// The models whose records are edited there.
const models = ['inboundRoutes', 'ringGroups', 'timegroups'];
export const inSandbox = (model: string): boolean => models.includes(model);

export const useSandbox = () => useQuery({ queryKey: sandboxKey, queryFn: routing.changes });

/// After a change of a record, and after the sandbox was applied or thrown away.
export function useSandboxNews(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    const keys = [sandboxKey, treeKey, ...models.map((model) => ['v6', model])];
    await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
