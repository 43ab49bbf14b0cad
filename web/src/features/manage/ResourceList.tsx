// The list of one kind of record, with search and the form beside it.
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../api/v6';
import { useMe } from '../../live';
import { Action } from '../../ui/Action';
import { DataTable, type Column } from '../../ui/DataTable';
import { Side } from '../../ui/Side';
import { Empty, Failed, Waiting } from '../../ui/States';
import { titleOf, valueAt, type Resource } from './kit';
import { resourceOf } from './resources';
import { ResourceForm } from './ResourceForm';
import { useLabels } from './useLabels';
import './manage.css';

function useColumns(resource: Resource, open: (row: Row) => void): Column<Row>[] {
  const { label, shown } = useLabels(resource);
  return useMemo(
    () =>
      resource.columns.map((name, i) => ({
        id: name,
        title: label(name),
        value: (row) => String(valueAt(row, name) ?? ''),
        cell: (row) =>
          i === 0 ? (
            <button type="button" className="lk-table__open" onClick={() => open(row)}>
              {shown(name, valueAt(row, name))}
            </button>
          ) : (
            shown(name, valueAt(row, name))
          ),
      })),
    [resource, label, shown, open],
  );
}

function List({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { model } = resource;
  const search = useSearch({ from: '/app/manage/$resource' });
  const navigate = useNavigate({ from: '/manage/$resource' });
  const admin = useMe()?.user.access === 'admin';
  const found = useQuery({
    queryKey: ['v6', model, 'all'],
    queryFn: () => v6.list(model, { take: 1000 }),
  });
  const open = useMemo(
    () => (row: Row) => void navigate({ search: (before) => ({ ...before, edit: String(row.name) }) }),
    [navigate],
  );
  const close = () => void navigate({ search: ({ edit: _, ...rest }) => rest });
  const columns = useColumns(resource, open);
  const wanted = search.q?.toLowerCase() ?? '';
  const rows = (found.data?.data ?? []).filter((row) =>
    `${titleOf(row)} ${row.name} ${String(row.extension ?? '')}`.toLowerCase().includes(wanted),
  );
  const edited = found.data?.data.find((row) => String(row.name) === search.edit);
  const form = search.edit === '+' || edited;
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <h1 className="lk-grow">{t(`manage.${model}.title`)}</h1>
        <TextInput
          aria-label={t('common.search')}
          placeholder={t('common.search')}
          value={search.q ?? ''}
          onChange={(event) => {
            const q = event.currentTarget.value || undefined;
            void navigate({ search: (before) => ({ ...before, q }), replace: true });
          }}
        />
        <Action
          variant="filled"
          icon={<IconPlus size={16} aria-hidden />}
          because={admin ? undefined : t('manage.admin_only')}
          onClick={() => void navigate({ search: (before) => ({ ...before, edit: '+' }) })}
        >
          {t(`manage.${model}.add`)}
        </Action>
      </div>
      <p className="lk-muted">{t(`manage.${model}.about`)}</p>
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && (
        <Empty
          title={t(wanted ? 'common.no_hit' : 'manage.none')}
          action={
            wanted && (
              <Button onClick={() => void navigate({ search: {} })}>{t('common.clear_filter')}</Button>
            )
          }
        />
      )}
      {rows.length > 0 && (
        <DataTable
          label={t(`manage.${model}.title`)}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.name)}
          onOpen={open}
          selected={search.edit}
        />
      )}
      {found.data && (model === 'queues' || model === 'users') && (
        <p className="lk-muted lk-small">{t('common.rights_shown', { count: found.data.data.length })}</p>
      )}
      <Side
        opened={Boolean(form)}
        onClose={close}
        title={edited ? titleOf(edited) : t(`manage.${model}.add`)}
      >
        {form && (
          <ResourceForm key={search.edit} resource={resource} record={edited ?? null} editable={admin} done={close} />
        )}
      </Side>
    </div>
  );
}

export function ResourceList() {
  const { t } = useTranslation();
  const { resource } = useParams({ from: '/app/manage/$resource' });
  const found = resourceOf(resource);
  if (!found) return <Empty main title={t('error.not_found')}>{t('error.not_found_hint')}</Empty>;
  return <List key={found.model} resource={found} />;
}
