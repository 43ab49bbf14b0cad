import { Button } from '@mantine/core';
import { IconCoffee, IconCoin, IconCoinOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me } from '../../api/types';
import { Action } from '../../ui/Action';
import { useDeed } from '../work/useDeed';
import { openMenu } from '../work/menus';
import { BarMenu } from './BarMenu';
import { NoneYet } from './NoneYet';

export function PauseMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const inCall = me.state === 'talking' || me.state === 'hold';
  const now = me.pause && (me.pause.type === 'lajdak' ? t('state.missed') : me.pause.title);
  const choose = (pause: string | null) =>
    void run(pause ?? 'end', () => deeds.pause(pause)).then((ok) => {
      if (ok) openMenu(null);
    });
  return (
    <BarMenu
      name="pauses"
      icon={<IconCoffee size={18} aria-hidden />}
      label={t('pauses.title')}
      text={now && me.pause?.type !== 'wrap' ? now : t('pauses.short')}
    >
      {inCall && <p className="lk-muted">{t('pauses.after_call')}</p>}
      {now && (
        <Action variant="filled" busy={busy === 'end'} onClick={() => choose(null)}>
          {t('pauses.end', { title: now })}
        </Action>
      )}
      {me.pauses.length === 0 && (
        <NoneYet of="pause" admin={t('pauses.none_admin')}>
          {t('pauses.none')}
        </NoneYet>
      )}
      {me.pauses.map((pause) => (
        <Button
          key={pause.name}
          variant="subtle"
          justify="flex-start"
          aria-busy={busy === pause.name || undefined}
          leftSection={
            pause.paid ? <IconCoin size={16} aria-hidden /> : <IconCoinOff size={16} aria-hidden />
          }
          rightSection={
            <span className="lk-muted lk-small">{t(pause.paid ? 'pauses.paid' : 'pauses.unpaid')}</span>
          }
          onClick={() => choose(pause.name)}
        >
          {pause.title}
        </Button>
      ))}
    </BarMenu>
  );
}
