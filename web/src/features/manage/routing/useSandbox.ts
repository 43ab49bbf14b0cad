// The sandbox of routing: what is edited and not yet how calls go.
import { useQuery, useQueryClient } from '@tanstack/react-query';

import { routing } from '../../../api/routing';

export const sandboxKey = ['routing', 'changes'];

/// The models whose records are edited there.
export const inSandbox = (model: string): boolean => model === 'inboundRoutes' || model === 'ringGroups';

export const useSandbox = () => useQuery({ queryKey: sandboxKey, queryFn: routing.changes });

/// After a change of a record, and after the sandbox was applied or thrown away.
export function useSandboxNews(): () => Promise<void> {
  const client = useQueryClient();
  return async () => {
    await Promise.all([sandboxKey, ['v6', 'inboundRoutes'], ['v6', 'ringGroups']].map((queryKey) => client.invalidateQueries({ queryKey })));
  };
}
