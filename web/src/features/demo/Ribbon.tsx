// The demo's ribbon: be rung by a simulated customer, and let a background of callers and
// colleagues go on. What else belongs to the demo finds its place behind them.
import { IconPhoneIncoming, IconUsersGroup } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '@mantine/core';

import { deeds, demoBackground } from '../../api/live';
import type { Me } from '../../api/types';
import { Action } from '../../ui/Action';
import { NumberInput } from '../../ui/NumberInput';
import { Fixes } from '../../ui/Reasons';
import { toast } from '../../ui/toasts';
import { useDeed } from '../work/useDeed';

const key = ['demo', 'background'];

/// Rings the visitor. While that is not possible, the first reason and what mends it stand beside.
function CallMe({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const fixes = useContext(Fixes);
  const blockers = me.can.be_called.blockers;
  const [first] = blockers;
  const about = first ? (first.code === 'busy' ? t('practice.busy') : first.text) : t('practice.call_me_about');
  const announced = useRef(() => {});
  // Once it rings, the call says itself who it is.
  useEffect(() => {
    if (me.state === 'ringing' || me.state === 'talking') announced.current();
  }, [me.state]);
  const call = () =>
    void run('call', async () => {
      const called = await deeds.callMe();
      announced.current = toast(t('practice.coming'), t('practice.coming_from', { name: called.caller_name }), false);
    });
  return (
    <div className="lk-ribbon__call">
      <Action
        variant="filled"
        size="compact-sm"
        icon={<IconPhoneIncoming size={16} aria-hidden />}
        blockers={blockers}
        busy={busy === 'call'}
        onClick={call}
      >
        {t('practice.call_me')}
      </Action>
      <span className="lk-ribbon__about">{about}</span>
      {first &&
        fixes.of(first).slice(0, 1).map((fix) => (
          <Button key={fix.label} size="compact-xs" title={fix.label} onClick={fix.run}>
            {fix.label}
          </Button>
        ))}
    </div>
  );
}

/// How many call in an hour; told when one leaves the field or presses Enter, and then within bounds.
function PerHour({ now, onChange }: { now: number; onChange: (perHour: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const done = () => {
    const wanted = Math.round(Number(typed));
    if (typed && Number.isInteger(wanted) && wanted !== now) onChange(wanted);
    setTyped(null);
  };
  return (
    <label className="lk-ribbon__rate">
      <NumberInput
        size="xs"
        value={typed ?? now}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done();
        }}
      />
      {t('practice.per_hour')}
    </label>
  );
}

/// Switches the background, and says what goes on there.
function Background() {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: key,
    queryFn: demoBackground,
    refetchInterval: (query) => (query.state.data?.on ? 4000 : 30_000),
  });
  if (!data) return null;
  const change = (wanted: { on?: boolean; callers_per_hour?: number }) =>
    void run('background', async () => client.setQueryData(key, await deeds.demoBackground(wanted)));
  return (
    <div className="lk-ribbon__background">
      <Action
        size="compact-sm"
        variant={data.on ? 'filled' : 'default'}
        icon={<IconUsersGroup size={16} aria-hidden />}
        pressed={data.on}
        blockers={data.may.blockers}
        busy={busy === 'background'}
        onClick={() => change({ on: !data.on })}
      >
        {t('practice.background')}
      </Action>
      <span role="status" className="lk-ribbon__status">
        {data.on
          ? `${t('practice.callers', { count: data.callers })}, ${t('practice.colleagues', { count: data.colleagues })}`
          : t('practice.off')}
      </span>
      {data.may.ok && (
        <PerHour now={data.callers_per_hour} onChange={(perHour) => change({ callers_per_hour: perHour })} />
      )}
    </div>
  );
}

export function Ribbon({ me, children }: { me: Me; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <section className="lk-ribbon lk-tone-ringing" aria-label={t('practice.title')}>
      <CallMe me={me} />
      <Background />
      {children}
    </section>
  );
}
