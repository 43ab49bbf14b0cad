// One activity: what it is, its note and outcome, and why it came to me.
import { Button, Checkbox, Textarea } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useLimits } from '../../api/limits';
import { deeds } from '../../api/live';
import { listOf, type CallRow } from '../../api/lists';
import type { Activity } from '../../api/types';
import { v6, type Row } from '../../api/v6';
import { useParty } from '../../live';
import { Action } from '../../ui/Action';
import { serverNow } from '../../ui/clock';
import { dateTime, phone, time } from '../../ui/format';
import { Failed, Waiting } from '../../ui/States';
import { Since } from '../../ui/Timer';
import { useShown } from '../work/menus';
import { useDeed } from '../work/useDeed';
import { useStateText } from '../work/useStateText';
import { forgetDraft, useDraft } from './drafts';
import { Postpone } from './Postpone';
import { WhyFailed } from './WhyFailed';

// Not in the first load: it comes when it is asked for.
const WhyPanel = lazy(async () => ({ default: (await import('../work/WhyPanel')).WhyPanel }));

/// With the day only when it was not today.
function dayTime(text: string | null | undefined): string {
  const today = text && new Date(text).toDateString() === new Date().toDateString();
  return today ? time(text) : dateTime(text);
}

function Facts({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  return (
    <dl className="lk-facts">
      <dt>{t('activity.direction')}</dt>
      <dd>{t(`direction.${activity.direction}`)}</dd>
      <dt>{t('activity.queue')}</dt>
      <dd>{activity.queue ? `${activity.queue.title} (${activity.queue.name})` : t('work.direct')}</dd>
      <dt>{t('activity.dialled')}</dt>
      <dd>{phone(activity.number) || '–'}</dd>
      <dt>{t('activity.began')}</dt>
      <dd>{dayTime(activity.opened ?? activity.since)}</dd>
      {/* Always there, so that nothing below moves when the call ends. */}
      <dt>{t('activity.recording')}</dt>
      <dd>{activity.finished ? <Recorded activity={activity} /> : t(activity.recording ? 'activity.recorded' : 'activity.not_recorded')}</dd>
    </dl>
  );
}

/// A recording comes a few seconds after its call.
const recordedAfter = 10_000;

/// Whether the call that is over was recorded; a dash while it may still come.
function Recorded({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const late = () => serverNow() - Date.parse(activity.finished ?? '') > recordedAfter;
  const found = useQuery({
    queryKey: ['lists', 'interactions', 'recorded', activity.interaction],
    queryFn: async () => {
      const filter = [{ field: 'id', operator: 'eq', value: String(activity.interaction) }];
      const [call] = (await listOf<CallRow>('interactions', { filter, take: 1 })).data;
      return call?.activities.find((work) => work.name === activity.name)?.recorded || (call && late() ? false : null);
    },
    refetchInterval: ({ state }) => (state.data == null && !late() ? 1000 : false),
  });
  return found.data == null ? '–' : t(found.data ? 'activity.was_recorded' : 'activity.was_not_recorded');
}

function Outcome({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const [draft, change] = useDraft(activity.name, activity.note);
  const statuses = useQuery({
    queryKey: ['v6', 'statuses', 'all'],
    queryFn: () => v6.all<Row & { title: string }>('statuses'),
    staleTime: 60_000,
  });
  const limits = useLimits();
  const going = !['finished', 'postponed'].includes(activity.state);
  const closing = going ? t('activity.close_later') : undefined;
  const close = () =>
    void run('close', () => deeds.close(activity.name, draft.statuses, draft.note)).then((ok) => {
      if (ok) forgetDraft(activity.name);
    });
  return (
    <section className="lk-card lk-stack" aria-label={t('activity.outcome')}>
      <h2>{t('activity.outcome')}</h2>
      {statuses.isError && <Failed error={statuses.error} retry={() => void statuses.refetch()} />}
      {statuses.data && statuses.data.data.length > 0 && (
        <Checkbox.Group
          label={t('activity.statuses')}
          value={draft.statuses}
          onChange={(value) => change({ statuses: value })}
        >
          <div className="lk-statuses">
            {statuses.data.data.map((status) => (
              <Checkbox key={status.name} value={String(status.name)} label={status.title} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {statuses.data?.data.length === 0 && <p className="lk-muted">{t('activity.statuses_none')}</p>}
      <Textarea
        label={t('activity.note')}
        description={t('activity.note_hint')}
        autosize={false}
        rows={4}
        maxLength={limits?.note_bytes}
        value={draft.note}
        aria-keyshortcuts="Control+Enter"
        onChange={(event) => change({ note: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          if (!closing && busy === null) close();
        }}
      />
      <div className="lk-row lk-wrap">
        <Action variant="filled" because={closing} busy={busy === 'close'} shortcut="Ctrl+Enter" hint={t('activity.close')} onClick={close}>
          {t('activity.close')}
        </Action>
        <Postpone activity={activity.name} note={draft.note} because={closing} />
        {activity.state === 'postponed' && (
          <Action busy={busy === 'open'} onClick={() => void run('open', () => deeds.open(activity.name))}>
            {t('activity.open')}
          </Action>
        )}
      </div>
      {/* Its line is kept when there is nothing to say. */}
      <p className="lk-muted lk-small lk-line">{closing ?? t('activity.close_key')}</p>
    </section>
  );
}

export function ActivityView({ activity }: { activity: Activity }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { name, number } = useParty(activity);
  const stands = useStateText(activity);
  const handed = useShown((shown) => shown.handed[activity.name]);
  const over = activity.finished !== null;
  return (
    <>
      <div className="lk-head">
        <h1>{name || phone(number) || t('work.unknown')}</h1>
        {name && <span className="lk-muted">{phone(number)}</span>}
        <span className={`lk-chip ${over ? 'lk-tone-wrap' : 'lk-tone-call'}`}>
          {stands}{' '}
          {activity.state !== 'postponed' && <Since at={activity.finished ?? activity.connected ?? activity.opened} />}
        </span>
      </div>
      <WhyFailed activity={activity} />
      {over && handed && <p className="lk-said lk-tone-wrap">{t('activity.handed', { to: handed })}</p>}
      <section className="lk-card lk-stack" aria-label={t('activity.facts')}>
        <Facts activity={activity} />
        <div>
          <Button
            variant="subtle"
            px={4}
            className="lk-why__ask"
            aria-expanded={asked}
            leftSection={asked ? <IconChevronDown size={16} aria-hidden /> : <IconChevronRight size={16} aria-hidden />}
            onClick={() => setAsked(!asked)}
          >
            {t(activity.direction === 'out' ? 'why.title_out' : 'why.title')}
          </Button>
          {asked && (
            <Suspense fallback={<Waiting rows={3} />}>
              <WhyPanel activity={activity.name} />
            </Suspense>
          )}
        </div>
      </section>
      {/* The server closes calls between colleagues when they end: there would be nothing to save into. */}
      {activity.direction !== 'internal' && <Outcome activity={activity} />}
    </>
  );
}
