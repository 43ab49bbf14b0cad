// The models that this person may see, as the server describes them, and what the page adds to some.
import { useQuery } from '@tanstack/react-query';

import { models } from '../../api/live';
import type { Field, Resource } from './kit';

/// A back-office user has the back-office role and nobody else has it.
const roleOf: Field['also'] = ({ type, role }) =>
  type === 'BO' ? { role: 'back_office' } : role === 'back_office' ? { role: 'agent' } : {};

const also: Record<string, Field['also']> = { 'users.type': roleOf };

export const useResources = () =>
  useQuery({
    queryKey: ['models'],
    queryFn: async (): Promise<Resource[]> =>
      (await models()).map((resource) => ({
        ...resource,
        fields: resource.fields.map((field) => ({ ...field, also: also[`${resource.model}.${field.name}`] })),
      })),
    staleTime: Infinity,
  });
