// The list of one kind of record, with search and the form beside it.
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { v6, type Row } from '../../api/v6';
import { DataTable } from '../../ui/DataTable';
import { Side } from '../../ui/Side';
import { Empty, Failed, Waiting } from '../../ui/States';
import { NotFound } from '../../ui/NotFound';
import { folded } from '../../ui/folded';
import { GroupFilter, useGroups } from '../work/GroupFilter';
import { titleOf, type Resource } from './kit';
import { ResourceForm } from './ResourceForm';
import { ResourceView } from './ResourceView';
import { SandboxBar } from './routing/SandboxBar';
import { inSandbox } from './routing/useSandbox';
import { useListColumns } from './useListColumns';
import { useResources } from './useResources';
import { words } from './words';
import './manage.css';

function List({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const { model } = resource;
  const search = useSearch({ from: '/app/manage/$resource' });
  const navigate = useNavigate({ from: '/manage/$resource' });
  const { may } = resource;
  const text = words(model);
  const found = useQuery({
    queryKey: ['v6', model, 'all'],
    queryFn: () => v6.all(model),
  });
  const edit = (name: string | undefined) =>
    void navigate({ search: ({ edit: _, ...rest }) => (name === undefined ? rest : { ...rest, edit: name }) });
  const open = useMemo(
    () => (row: Row) => void navigate({ search: (before) => ({ ...before, edit: String(row.name) }) }),
    [navigate],
  );
  const columns = useListColumns(resource, open);
  const wanted = folded(search.q ?? '');
  const all = found.data?.data ?? [];
  const grouped = model === 'queues' || model === 'users';
  const groups = useGroups(model === 'queues' ? 'queues' : 'users', grouped ? search.group : undefined);
  const rows = all.filter(
    (row) =>
      (!grouped || groups.has(row.name)) &&
      folded(`${titleOf(row)} ${row.name} ${String(row.extension ?? row.did ?? '')}`).includes(wanted),
  );
  const narrowed = wanted !== '' || (grouped && search.group !== undefined);
  const edited = all.find((row) => String(row.name) === search.edit);
  /// For this person, or for everybody: a built-in one.
  const isFixed = !may.update || edited?.built_in === true;
  const fresh = search.edit === '+' && may.create;
  const [preset, setPreset] = useState<Record<string, unknown>>();
  const gone = found.data && search.edit && search.edit !== '+' && !edited;
  /// After a new telephone its page stays, with what is typed into it.
  const done = (saved: Row | null) =>
    edit(saved && fresh && model === 'sipDevices' && saved.type === 'sip' ? String(saved.name) : undefined);
  const add = may.create && (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} aria-hidden />}
      onClick={() => {
        setPreset(undefined);
        edit('+');
      }}
    >
      {t(text.add)}
    </Button>
  );
  return (
    <div className="lk-page lk-page--full">
      <div className="lk-head">
        <h1 className="lk-grow">{t(text.title)}</h1>
        <TextInput
          aria-label={t('common.search')}
          placeholder={t('common.search')}
          value={search.q ?? ''}
          onChange={(event) => {
            const q = event.currentTarget.value || undefined;
            void navigate({ search: (before) => ({ ...before, q }), replace: true });
          }}
        />
        {grouped && (
          <GroupFilter
            groups={groups}
            chosen={search.group}
            choose={(group) => void navigate({ search: (before) => ({ ...before, group }), replace: true })}
          />
        )}
        {add}
      </div>
      <p className="lk-muted">
        {t(text.about)} {!may.update && t('manage.read_only')}
      </p>
      {inSandbox(model) && <SandboxBar mayApply={may.update} />}
      {found.isPending && <Waiting />}
      {found.isError && <Failed error={found.error} retry={() => void found.refetch()} />}
      {found.data && rows.length === 0 && (
        <Empty
          title={
            grouped && groups.empty ? t('common.empty_group', { group: groups.empty }) : t(narrowed ? 'common.no_hit' : 'manage.none')
          }
          action={
            narrowed ? <Button onClick={() => void navigate({ search: {} })}>{t('common.clear_filter')}</Button> : add
          }
        />
      )}
      {rows.length > 0 && (
        <DataTable
          label={t(text.title)}
          rows={rows}
          columns={columns}
          rowKey={(row) => String(row.name)}
          onOpen={open}
          selected={search.edit}
        />
      )}
      {found.data && !may.update && (model === 'queues' || model === 'users') && (
        <p className="lk-muted lk-small">{t('common.rights_shown', { count: all.length })}</p>
      )}
      <Side
        opened={Boolean(found.data) && Boolean(fresh || edited || gone)}
        onClose={() => edit(undefined)}
        title={edited ? titleOf(edited) : gone ? t('error.not_found') : t(text.add)}
      >
        {gone && <Empty title={t('error.not_found')}>{t('error.not_found_hint')}</Empty>}
        {edited && isFixed && (
          <ResourceView
            resource={resource}
            record={edited}
            replace={
              may.create
                ? () => {
                    setPreset({ name: edited.name, title: edited.title });
                    edit('+');
                  }
                : undefined
            }
          />
        )}
        {(fresh || (edited && !isFixed)) && (
          <ResourceForm key={search.edit} resource={resource} record={edited ?? null} rows={all} preset={preset} done={done} />
        )}
      </Side>
    </div>
  );
}

export function ResourceList() {
  const { resource } = useParams({ from: '/app/manage/$resource' });
  const models = useResources();
  const found = models.data?.find(({ model }) => model === resource);
  if (models.isPending) return <Waiting />;
  if (models.isError) return <Failed error={models.error} retry={() => void models.refetch()} />;
  if (!found) return <NotFound />;
  return <List key={found.model} resource={found} />;
}
