import { Checkbox } from '@mantine/core';
import { IconLock, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me, MyQueue } from '../../api/types';
import { Action } from '../../ui/Action';
import { isOutbound } from '../work/fixes';
import { useDeed } from '../work/useDeed';
import { BarMenu } from './BarMenu';
import { NoneYet } from './NoneYet';

type Group = 'inbound' | 'outbound' | 'written';

function groupOf(queue: MyQueue): Group {
  if (queue.type === 'in') return 'inbound';
  return isOutbound(queue.type) ? 'outbound' : 'written';
}

const groups: Group[] = ['inbound', 'outbound', 'written'];

export function QueuesMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const all = [...me.queues, ...me.queues_available].sort((a, b) => a.name - b.name);
  const free = all.filter((queue) => queue.login !== 'fixed');
  const out = free.filter((queue) => !queue.logged_in).map((queue) => queue.name);
  const inside = free.filter((queue) => queue.logged_in).map((queue) => queue.name);
  return (
    <BarMenu
      name="queues"
      icon={<IconUsersGroup size={18} aria-hidden />}
      label={t('queues.title')}
      text={t('queues.count', { count: me.queues.length })}
      short={String(me.queues.length)}
    >
      <div className="lk-row">
        <span className="lk-grow lk-muted">{t('queues.explained')}</span>
        <Action
          size="compact-xs"
          busy={busy === 'all'}
          onClick={() => void run('all', () => deeds.queues(out, []))}
        >
          {t('queues.all')}
        </Action>
        <Action
          size="compact-xs"
          busy={busy === 'none'}
          onClick={() => void run('none', () => deeds.queues([], inside))}
        >
          {t('queues.none')}
        </Action>
      </div>
      {all.length === 0 && (
        <NoneYet of="no_inbound_queue" admin={t('lack.queue_admin')}>
          {t('queues.no_right')}
        </NoneYet>
      )}
      {groups.map((group) => {
        const queues = all.filter((queue) => groupOf(queue) === group);
        if (queues.length === 0) return null;
        return (
          <div key={group} role="group" aria-label={t(`queues.${group}`)}>
            <div className="lk-menu__group">{t(`queues.${group}`)}</div>
            {queues.map((queue) => (
              <div key={queue.name} className="lk-menu__row">
                <Checkbox
                  checked={queue.logged_in}
                  aria-disabled={queue.login === 'fixed' || undefined}
                  onChange={() => {
                    if (queue.login === 'fixed') return;
                    void run(String(queue.name), () =>
                      queue.logged_in
                        ? deeds.queues([], [queue.name])
                        : deeds.queues([queue.name], []),
                    );
                  }}
                  label={`${queue.title} ${queue.name}`}
                  description={queue.login === 'fixed' ? t('queues.fixed') : undefined}
                />
                <span className="lk-grow" />
                {queue.login === 'fixed' && <IconLock size={14} aria-hidden />}
                <span className="lk-muted lk-small">
                  {queue.waiting > 0 && t('queues.waiting', { count: queue.waiting })}
                </span>
              </div>
            ))}
          </div>
        );
      })}
      {all.length > 0 && me.user.access !== 'admin' && (
        <p className="lk-small lk-muted">{t('queues.missing', { count: all.length })}</p>
      )}
    </BarMenu>
  );
}
