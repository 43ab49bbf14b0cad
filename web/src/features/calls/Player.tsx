// A recording: both sides drawn, a slider that keys can move, speed, and the file in three forms.
import { Button, NativeSelect } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { ask } from '../../api/http';
import { duration } from '../../ui/format';
import { Waiting } from '../../ui/States';
import { Wave, type Peaks } from './Wave';

const formats = ['opus', 'wav', 'mp3'] as const;
const speeds = ['0.75', '1', '1.25', '1.5', '2'];

const address = (activity: string) => `/file/recording/${encodeURIComponent(activity)}`;

export function Player({ activity }: { activity: string }) {
  const { t } = useTranslation();
  const [audio] = useState(() => new Audio());
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [missing, setMissing] = useState(false);
  const peaks = useQuery({
    queryKey: ['peaks', activity],
    queryFn: () => ask<Peaks>('GET', `${address(activity)}/peaks`),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const started = useRef(false);
  useEffect(() => {
    audio.preload = 'metadata';
    audio.src = address(activity) + (audio.canPlayType('audio/ogg; codecs=opus') ? '' : '?format=mp3');
    const update = () => {
      setAt(audio.currentTime);
      if (Number.isFinite(audio.duration)) setLength(audio.duration);
      setPlaying(!audio.paused);
    };
    const failed = () => {
      if (!started.current) setMissing(true);
    };
    const events = ['timeupdate', 'loadedmetadata', 'durationchange', 'play', 'pause', 'ended'];
    events.forEach((event) => audio.addEventListener(event, update));
    audio.addEventListener('error', failed);
    return () => {
      audio.pause();
      events.forEach((event) => audio.removeEventListener(event, update));
      audio.removeEventListener('error', failed);
      audio.removeAttribute('src');
      audio.load();
    };
  }, [audio, activity]);
  if (missing) return <p className="lk-muted">{t('player.broken')}</p>;
  const total = peaks.data?.duration || length;
  const toggle = () => {
    started.current = true;
    if (audio.paused) void audio.play().catch(() => setMissing(true));
    else audio.pause();
  };
  return (
    <div className="lk-stack" role="group" aria-label={t('player.title')}>
      {peaks.isPending && <Waiting rows={2} />}
      {peaks.data && <Wave audio={audio} peaks={peaks.data} />}
      {peaks.data && (
        <div className="lk-row lk-small lk-muted">
          <span className="lk-wave__customer">{t('player.customer')}</span>
          <span className="lk-wave__agent">{t('player.agent')}</span>
        </div>
      )}
      <div className="lk-row">
        <Button
          leftSection={playing ? <IconPlayerPause size={16} aria-hidden /> : <IconPlayerPlay size={16} aria-hidden />}
          onClick={toggle}
        >
          {t(playing ? 'player.pause' : 'player.play')}
        </Button>
        <input
          className="lk-grow"
          type="range"
          min={0}
          max={Math.max(1, Math.floor(total))}
          value={Math.floor(at)}
          aria-label={t('player.position')}
          aria-valuetext={`${duration(at)} / ${duration(total)}`}
          onChange={(event) => {
            audio.currentTime = Number(event.currentTarget.value);
          }}
        />
        <span>
          {duration(at)} / {duration(total)}
        </span>
      </div>
      <div className="lk-row">
        <NativeSelect
          aria-label={t('player.speed')}
          defaultValue="1"
          data={speeds.map((value) => ({ value, label: `${value}×` }))}
          onChange={(event) => {
            audio.playbackRate = Number(event.currentTarget.value);
          }}
        />
        <IconDownload size={16} aria-hidden />
        <span>{t('player.download')}:</span>
        {formats.map((format) => (
          <a
            key={format}
            title={t(`player.${format}`)}
            href={`${address(activity)}?download=1${format === 'opus' ? '' : `&format=${format}`}`}
          >
            .{format}
          </a>
        ))}
      </div>
    </div>
  );
}
