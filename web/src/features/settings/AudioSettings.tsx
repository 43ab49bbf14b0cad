import { Button, NativeSelect } from '@mantine/core';
import { IconBellRinging, IconMicrophone } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { audioChoice, chooseAudio, tryMicrophone, startRinging, stopRinging, unlockSound, usePhone, type AudioChoice } from '../../phone';

function useDevices(): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  const allowed = usePhone((line) => line.microphone);
  useEffect(() => {
    const media = navigator.mediaDevices as MediaDevices | undefined;
    if (!media) return undefined;
    const read = () => void media.enumerateDevices().then(setDevices);
    read();
    media.addEventListener('devicechange', read);
    return () => media.removeEventListener('devicechange', read);
  }, [allowed]);
  return devices;
}

/// Microphone, headset and ring, with a try of each.
export function AudioSettings() {
  const { t } = useTranslation();
  const devices = useDevices();
  const [choice, setChoice] = useState(audioChoice);
  const microphone = usePhone((line) => line.microphone);
  const choose = (change: Partial<AudioChoice>) => {
    chooseAudio(change);
    setChoice(audioChoice());
  };
  const list = (kind: MediaDeviceKind) => [
    { value: '', label: t('settings.standard') },
    ...devices
      .filter((device) => device.kind === kind && device.deviceId && device.label)
      .map((device) => ({ value: device.deviceId, label: device.label })),
  ];
  const ring = async () => {
    await unlockSound();
    startRinging(choice.ringVolume);
    setTimeout(stopRinging, 2500);
  };
  return (
    <div className="lk-stack">
      <div className="lk-toolbar">
        <NativeSelect
          label={t('settings.microphone')}
          value={choice.microphone}
          data={list('audioinput')}
          onChange={(event) => choose({ microphone: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('settings.output')}
          value={choice.output}
          data={list('audiooutput')}
          onChange={(event) => choose({ output: event.currentTarget.value })}
        />
        <Button leftSection={<IconMicrophone size={16} aria-hidden />} onClick={() => void tryMicrophone()}>
          {t('settings.try_microphone')}
        </Button>
      </div>
      <p role="status" className="lk-muted">
        {t(`settings.microphone_${microphone}`)}
      </p>
      <label className="lk-row">
        {t('settings.ring_volume')}
        <input
          type="range"
          min={0}
          max={100}
          value={Math.round(choice.ringVolume * 100)}
          onChange={(event) => choose({ ringVolume: Number(event.currentTarget.value) / 100 })}
        />
        <Button leftSection={<IconBellRinging size={16} aria-hidden />} onClick={() => void ring()}>
          {t('settings.try_ring')}
        </Button>
      </label>
    </div>
  );
}
