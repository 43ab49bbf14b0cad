import { Button, Checkbox } from '@mantine/core';
import { IconDeviceLandlinePhone } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me, MyDevice } from '../../api/types';
import { refreshMe } from '../../live';
import { phone } from '../../ui/format';
import { Waiting } from '../../ui/States';
import { useDeed } from '../work/useDeed';
import { BarMenu } from './BarMenu';
import { NoneYet } from './NoneYet';

// Not in the first load: it comes with the opened menu.
const Forward = lazy(async () => ({ default: (await import('./Forward')).Forward }));

/// External numbers are read in groups, device numbers as they are.
const numberOf = ({ type, name }: MyDevice): string => (type === 'external' ? phone(name) : name);

interface Props {
  device: MyDevice;
  busy: boolean;
  /// `take`: although a colleague is logged in to it.
  toggle: (take: boolean) => void;
}

function Device({ device, busy, toggle }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const by = device.taken_by_title || device.taken_by;
  const taken = by !== '' && !device.logged_in;
  const state = taken
    ? t('devices.taken', { by })
    : device.type === 'external'
      ? t('devices.external')
      : t(device.reachable ? 'devices.registered' : 'devices.unregistered');
  return (
    <>
      <div className="lk-menu__row">
        <Checkbox
          checked={device.logged_in}
          aria-busy={busy || undefined}
          onChange={() => (taken ? setAsked(!asked) : toggle(false))}
          label={`${device.title} ${numberOf(device)}`}
          description={`${t(`devices.type_${device.type}`)} · ${state}`}
        />
        <span className="lk-grow" />
        <span className={`lk-dot ${device.reachable ? 'lk-dot--on' : ''}`} title={state} />
      </div>
      {taken && asked && (
        <div className="lk-row lk-said lk-tone-ringing" role="alert">
          <span className="lk-grow">{t('devices.take_sure', { device: device.title, by })}</span>
          <Button
            onClick={() => {
              setAsked(false);
              toggle(true);
            }}
          >
            {t('devices.take')}
          </Button>
        </div>
      )}
    </>
  );
}

const freshEvery = 3000;

/// Who uses which device is asked for as long as the menu is open.
function Fresh() {
  useEffect(() => {
    void refreshMe();
    const timer = setInterval(() => void refreshMe(), freshEvery);
    return () => clearInterval(timer);
  }, []);
  return null;
}

export function DevicesMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const toggle = (device: MyDevice) => (take: boolean) =>
    void run(device.name, () =>
      device.logged_in ? deeds.devices([], [device.name]) : deeds.devices([device.name], [], take),
    );
  const text = me.devices.map(numberOf).join(', ') || t('devices.none_short');
  const [only, ...more] = me.devices;
  const short = only && more.length === 0 ? only.name : String(me.devices.length);
  const all: MyDevice[] = [...me.devices, ...me.devices_available].sort((a, b) => a.name.localeCompare(b.name));
  const borrowed = all.filter((device) => device.own === false);
  const row = (device: MyDevice) => (
    <Device key={device.name} device={device} busy={busy === device.name} toggle={toggle(device)} />
  );
  return (
    <BarMenu name="devices" icon={<IconDeviceLandlinePhone size={18} aria-hidden />} label={t('devices.title')} text={text} short={short}>
      <Fresh />
      <p>{me.user.extension ? t('devices.explained', { extension: me.user.extension }) : t('devices.no_extension')}</p>
      {all.length === 0 && (
        <NoneYet of="no_device" admin={t('lack.device_admin')}>
          {t('lack.device')}
        </NoneYet>
      )}
      {all.filter((device) => device.own !== false).map(row)}
      {borrowed.length > 0 && (
        <div role="group" aria-label={t('devices.borrow')}>
          <div className="lk-menu__group">{t('devices.borrow')}</div>
          {borrowed.map(row)}
        </div>
      )}
      {me.devices.length > 1 && <p className="lk-tone-ringing lk-chip lk-note">{t('devices.many')}</p>}
      <p className="lk-small lk-muted">{t('devices.number_hint')}</p>
      {me.forwarding_number !== undefined && (
        <Suspense fallback={<Waiting rows={1} />}>
          <Forward to={me.forwarding_number} />
        </Suspense>
      )}
      <p className="lk-small lk-muted">{t('devices.forward_hint')}</p>
    </BarMenu>
  );
}
