// Narrows the change log: by what was changed, what happened to it, and by whom.
import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { titleOf } from '../kit';
import { useUsers } from '../useOwners';
import { useResources } from '../useResources';
import { words } from '../words';
import { whats, type ChangesSearch } from './search';

interface Props {
  search: ChangesSearch;
  change: (next: ChangesSearch) => void;
}

export function ChangeFilters({ search, change }: Props) {
  const { t } = useTranslation();
  const resources = useResources();
  const users = useUsers();
  const select = (label: string, chosen: string | undefined, data: { value: string; label: string }[], choose: (value: string | undefined) => void) => (
    <NativeSelect
      aria-label={label}
      value={chosen ?? ''}
      data={[{ value: '', label: `${label}: ${t('common.any')}` }, ...data]}
      onChange={(event) => choose(event.currentTarget.value || undefined)}
    />
  );
  return (
    <div className="lk-row">
      {select(
        t('changes.kind'),
        search.model,
        (resources.data ?? []).map(({ model }) => ({ value: model, label: t(words(model).title) })),
        (model) => change({ model, record: undefined, page: undefined }),
      )}
      {select(
        t('changes.what'),
        search.what,
        whats.map((what) => ({ value: what, label: t(`changes.${what}`) })),
        (what) => change({ what: whats.find((each) => each === what), page: undefined }),
      )}
      {select(
        t('changes.who'),
        search.user,
        (users.data?.data ?? []).map((row) => ({ value: String(row.name), label: titleOf(row) })),
        (user) => change({ user, page: undefined }),
      )}
    </div>
  );
}
