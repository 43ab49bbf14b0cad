// Titles for the names that stand in the fields of a change.
import { useQueries } from '@tanstack/react-query';

import { v6 } from '../../../api/v6';
import { useMay } from '../../../live';
import { titleOf } from '../kit';
import { useResources } from '../useResources';
import type { Change } from './change';
import { isMadeUp, linesOf } from './change';
import type { TitleOf } from './words';

interface Titles {
  /// The form of such a record has the field; the others are for programs.
  known: (field: string) => boolean;
  /// None: the field names no records.
  titlesOf: (field: string) => TitleOf | undefined;
}

/// As the records are called now; of those that are gone the entry has kept it.
export function useTitles(change: Change): Titles {
  const described = useResources().data?.find(({ model }) => model === change.model)?.fields;
  const modelOf = (field: string): string | undefined => {
    if (field === 'people') return 'users';
    const found = described?.find(({ name }) => name === field);
    return found?.of;
  };
  const named = [...new Set(linesOf(change).flatMap(({ field }) => modelOf(field) ?? []))];
  const may = useMay();
  const lists = useQueries({
    queries: named.map((of) => ({ queryKey: ['v6', of, 'all'], queryFn: () => v6.all(of), enabled: may(of, 'read') })),
  });
  return {
    known: (field) => field === 'people' || (described?.some(({ name }) => name === field) ?? true),
    titlesOf: (field) => {
      const of = modelOf(field);
      if (!of) return undefined;
      const rows = lists[named.indexOf(of)]?.data?.data ?? [];
      return (name) => {
        const row = rows.find((each) => String(each.name) === name);
        const title = row ? titleOf(row) : change.titles?.[of]?.[name];
        if (!title || title === name) return name;
        return isMadeUp(name) ? title : `${title} (${name})`;
      };
    },
  };
}
