import { queryOptions } from '@tanstack/react-query';

import { who } from '../../api/session';

/// Who is signed in; asked for once and then kept.
export const whoQuery = queryOptions({
  queryKey: ['who'],
  queryFn: who,
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});
