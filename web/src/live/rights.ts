// What this person may do, by module, and the records that they may see, as the server describes them.
import { useQuery } from '@tanstack/react-query';

import { models } from '../api/live';

/// So long an administrator's change of one's role may go unseen here; the server knows it at once.
const staleTime = 60_000;

export const described = { queryKey: ['models'], queryFn: models, staleTime };

/// None as long as it is not known.
export const useRights = () => useQuery(described).data?.rights;
