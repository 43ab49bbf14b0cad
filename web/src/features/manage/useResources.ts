// The models that this person may see, as the server describes them, and what the page adds to some.
import { useQuery } from '@tanstack/react-query';

import type { Models } from '../../api/types';
import { described } from '../../live';
import type { Field, Resource } from './kit';

/// A back-office user has the back-office role and nobody else has it.
const roleOf: Field['also'] = ({ type, role }) =>
  type === 'BO' ? { role: 'back_office' } : role === 'back_office' ? { role: 'agent' } : {};

const also: Record<string, Field['also']> = { 'users.type': roleOf };

const withAlso = ({ models: all }: Models): Resource[] =>
  all.map((resource) => ({
    ...resource,
    fields: resource.fields.map((field) => ({ ...field, also: also[`${resource.model}.${field.name}`] })),
  }));

export const useResources = () => useQuery({ ...described, select: withAlso });
