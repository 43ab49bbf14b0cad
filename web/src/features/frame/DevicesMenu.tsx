import { Checkbox } from '@mantine/core';
import { IconDeviceLandlinePhone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

import { deeds } from '../../api/live';
import type { Me, MyDevice } from '../../api/types';
import { phone } from '../../ui/format';
import { useDeed } from '../work/useDeed';
import { BarMenu } from './BarMenu';
import { NoneYet } from './NoneYet';

/// External numbers are read in groups, device numbers as they are.
const numberOf = ({ type, name }: MyDevice): string => (type === 'external' ? phone(name) : name);

function Device({ device, busy, toggle }: { device: MyDevice; busy: boolean; toggle: () => void }) {
  const { t } = useTranslation();
  const taken = device.taken_by !== '';
  const state = taken
    ? t('devices.taken', { by: device.taken_by })
    : device.type === 'external'
      ? t('devices.external')
      : t(device.reachable ? 'devices.registered' : 'devices.unregistered');
  return (
    <div className="lk-menu__row">
      <Checkbox
        checked={device.logged_in}
        aria-busy={busy || undefined}
        onChange={toggle}
        label={`${device.title} ${numberOf(device)}`}
        description={`${t(`devices.type_${device.type}`)} · ${state}`}
      />
      <span className="lk-grow" />
      <span className={`lk-dot ${device.reachable ? 'lk-dot--on' : ''}`} title={state} />
    </div>
  );
}

export function DevicesMenu({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { run, busy } = useDeed();
  const toggle = (device: MyDevice) => () =>
    void run(device.name, () =>
      device.logged_in ? deeds.devices([], [device.name]) : deeds.devices([device.name], []),
    );
  const text = me.devices.map(numberOf).join(', ') || t('devices.none_short');
  const all = [...me.devices, ...me.devices_available].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <BarMenu
      name="devices"
      icon={<IconDeviceLandlinePhone size={18} aria-hidden />}
      label={t('devices.title')}
      text={text}
    >
      <p>
        {me.user.extension
          ? t('devices.explained', { extension: me.user.extension })
          : t('devices.no_extension')}
      </p>
      {all.length === 0 && (
        <NoneYet me={me} resource="sipDevices" admin={t('lack.device_admin')} make={t('fix.make_device')}>
          {t('devices.none')}
        </NoneYet>
      )}
      {all.map((device) => (
        <Device
          key={device.name}
          device={device}
          busy={busy === device.name}
          toggle={toggle(device)}
        />
      ))}
      {me.devices.length > 1 && (
        <p className="lk-tone-ringing lk-chip lk-note">{t('devices.many')}</p>
      )}
      <p className="lk-small lk-muted">{t('devices.number_hint')}</p>
      <p className="lk-small lk-muted">{t('devices.forward_hint')}</p>
    </BarMenu>
  );
}
