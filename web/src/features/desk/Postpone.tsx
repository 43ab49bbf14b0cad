// Parking the work until later: first when, then it is done.
import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import { Action } from '../../ui/Action';
import { dateTime } from '../../ui/format';
import { showActivity } from '../work/menus';
import { useDeed } from '../work/useDeed';
import { chosenTime, postponeChoices } from './postpone';

interface Props {
  activity: string;
  /// Written so far; kept with it.
  note: string;
  because: string | undefined;
}

export function Postpone({ activity, note, because }: Props) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [opened, setOpened] = useState(false);
  const [own, setOwn] = useState('');
  const until = (at: Date | null) => {
    setOpened(false);
    void run('postpone', () => deeds.postpone(activity, at, note)).then((ok) => {
      if (ok) showActivity(null);
    });
  };
  const chosen = chosenTime(own, new Date());
  return (
    <Popover opened={opened} onChange={setOpened} width={300} position="top-start">
      <Popover.Target>
        <span>
          <Action because={because} busy={busy === 'postpone'} onClick={() => setOpened(!opened)}>
            {t('activity.postpone')}
          </Action>
        </span>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('postpone.title')}>
        <div className="lk-stack">
          <h2>{t('postpone.title')}</h2>
          {postponeChoices(new Date()).map(({ key, at }) => (
            <Button
              key={key}
              variant="subtle"
              justify="space-between"
              rightSection={<span className="lk-muted lk-small">{dateTime(at.toISOString())}</span>}
              onClick={() => until(at)}
            >
              {t(`postpone.${key}`)}
            </Button>
          ))}
          <Button variant="subtle" justify="flex-start" onClick={() => until(null)}>
            {t('postpone.until_opened')}
          </Button>
          <form
            className="lk-toolbar"
            onSubmit={(event) => {
              event.preventDefault();
              if (chosen) until(chosen);
            }}
          >
            <TextInput
              type="datetime-local"
              className="lk-grow"
              label={t('postpone.own')}
              value={own}
              onChange={(event) => setOwn(event.currentTarget.value)}
            />
            <Action because={chosen ? undefined : t('postpone.ahead')} onClick={() => until(chosen)}>
              {t('activity.postpone')}
            </Action>
          </form>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
