// Titles for the names that stand in the fields of a change.
import { useQueries } from '@tanstack/react-query';

import { v6 } from '../../../api/v6';
import { titleOf } from '../kit';
import { useResources } from '../useResources';
import type { TitleOf } from './words';

/// What a field of the model names, by the descriptions; none: it names no records.
export function useTitles(model: string, fields: string[]): (field: string) => TitleOf | undefined {
  const described = useResources().data?.find((resource) => resource.model === model)?.fields;
  const modelOf = (field: string): string | undefined => {
    if (field === 'people') return 'users';
    const found = described?.find(({ name }) => name === field);
    return found?.kind === 'names' || found?.kind === 'rights' ? found.of : undefined;
  };
  const named = [...new Set(fields.flatMap((field) => modelOf(field) ?? []))];
  const lists = useQueries({
    queries: named.map((of) => ({ queryKey: ['v6', of, 'all'], queryFn: () => v6.list(of, { take: 1000 }) })),
  });
  return (field) => {
    const of = modelOf(field);
    if (!of) return undefined;
    const rows = lists[named.indexOf(of)]?.data?.data ?? [];
    return (name) => {
      const row = rows.find((each) => String(each.name) === name);
      return row && titleOf(row) !== name ? `${titleOf(row)} (${name})` : name;
    };
  };
}
