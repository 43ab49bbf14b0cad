// What stands above the fields of a system recording: how it sounds now, where it is heard, and, of one of the
// system's, how to have one's own instead.
import { Button } from '@mantine/core';
import { IconReplace } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

import type { Row } from '../../../api/v6';
import { words } from '../words';
import { addressOf, PlayButton } from './PlayButton';

interface User {
  model: string;
  name: string;
  title: string;
}

export const usersOf = (record: Row): User[] => (record.used_by as User[] | undefined) ?? [];

/// Menus have no page of their own.
const hasPage = ({ model }: User) => model !== 'ivrs';

export function RecordingHead({ record, replace }: { record: Row; replace?: () => void }) {
  const { t } = useTranslation();
  const users = usersOf(record);
  return (
    <div className="lk-stack">
      <div className="lk-row lk-wrap">
        <PlayButton address={addressOf(record.name)} what={String(record.title)} />
        <span className="lk-grow">{t(record.replaces_built_in ? 'recordings.replaces' : 'recordings.now')}</span>
        {replace && (
          <Button leftSection={<IconReplace size={16} aria-hidden />} onClick={replace}>
            {t('recordings.replace')}
          </Button>
        )}
      </div>
      <div>
        <strong>{t('recordings.used')}</strong>
        {users.length === 0 ? (
          <p className="lk-muted">{t(record.built_in || record.replaces_built_in ? 'recordings.used_system' : 'recordings.used_none')}</p>
        ) : (
          <ul>
            {users.map((user) => (
              <li key={`${user.model} ${user.name}`}>
                {hasPage(user) ? (
                  <Link to="/manage/$resource" params={{ resource: user.model }} search={{ edit: user.name }}>
                    {t(words(user.model).title)}: {user.title}
                  </Link>
                ) : (
                  user.title
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
