// Who may use which device or queue, from the records of users.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { v6, type Row } from '../../api/v6';
import { useMay } from '../../live';
import { titleOf } from './kit';

export interface Owner {
  name: string;
  title: string;
}

/// People by the name of what they have a right to. Plain.
export function ownersOf(users: Row[], of: 'devices' | 'queues'): Map<string, Owner[]> {
  const owners = new Map<string, Owner[]>();
  for (const user of users) {
    const rights = Array.isArray(user[of]) ? (user[of] as { name: string | number }[]) : [];
    for (const right of rights) {
      const key = String(right.name);
      owners.set(key, [...(owners.get(key) ?? []), { name: String(user.name), title: titleOf(user) }]);
    }
  }
  return owners;
}

export const useUsers = () =>
  useQuery({ queryKey: ['v6', 'users', 'all'], queryFn: () => v6.all('users'), enabled: useMay()('users', 'read') });

export function useOwners(of: 'devices' | 'queues'): Map<string, Owner[]> {
  const users = useUsers();
  return useMemo(() => ownersOf(users.data?.data ?? [], of), [users.data, of]);
}
