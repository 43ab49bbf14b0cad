// What people may enter, as the server has it: no page has a length or a range of its own.
import { useQuery } from '@tanstack/react-query';

import { got, live } from './http';
import type { Limits } from './types';

/// None until the server has said them; it refuses what is beyond them anyway.
export const useLimits = (): Limits | undefined =>
  useQuery({ queryKey: ['limits'], queryFn: (): Promise<Limits> => got(live.GET('/api/live/limits')), staleTime: Infinity }).data;
