// Hears a system recording, or a sound that no record names yet. One is heard at a time.
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { Action } from '../../../ui/Action';

let heard: HTMLAudioElement | null = null;

/// `what`: for the button's name.
export function PlayButton({ address, what }: { address: string; what: string }) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement | null>(null);
  const [playing, setPlaying] = useState(false);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    setBroken(false);
    return () => audio.current?.pause();
  }, [address]);
  const toggle = () => {
    if (playing) {
      audio.current?.pause();
      return;
    }
    heard?.pause();
    // A recording that was replaced is another file at the same address.
    const fresh = new Audio(address);
    fresh.onplay = () => setPlaying(true);
    fresh.onpause = () => setPlaying(false);
    fresh.onended = () => setPlaying(false);
    fresh.onerror = () => setBroken(true);
    audio.current = fresh;
    heard = fresh;
    void fresh.play().catch(() => setPlaying(false));
  };
  const Icon = playing ? IconPlayerStop : IconPlayerPlay;
  return (
    <Action compact icon={<Icon size={16} aria-hidden />} because={broken ? t('player.broken') : undefined} onClick={toggle}>
      {t(playing ? 'recordings.stop' : 'recordings.play', { what })}
    </Action>
  );
}

export const addressOf = (name: unknown) => `/file/prompt/${encodeURIComponent(String(name))}`;
export const addressOfSound = (file: string) => `/file/prompt/sound/${encodeURIComponent(file)}`;
