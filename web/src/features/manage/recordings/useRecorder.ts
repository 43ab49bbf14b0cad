// The browser's microphone, recorded. The microphone is given back when the recording ends or its place goes.
import { useEffect, useRef, useState } from 'react';

const secondsMost = 300;

export interface Recorder {
  /// Since when it records, by Date.now(); null: it does not.
  since: number | null;
  refused: boolean;
  begin: () => void;
  end: () => void;
}

export function useRecorder(done: (sound: Blob) => void): Recorder {
  const [since, setSince] = useState<number | null>(null);
  const [refused, setRefused] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
      if (recorder.current?.state === 'recording') recorder.current.stop();
    };
  }, []);
  const begin = () => {
    setRefused(false);
    void (async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const free = () => stream.getTracks().forEach((track) => track.stop());
      if (gone.current) return free();
      const pieces: Blob[] = [];
      const fresh = new MediaRecorder(stream);
      const limit = setTimeout(() => fresh.stop(), secondsMost * 1000);
      fresh.ondataavailable = ({ data }) => pieces.push(data);
      fresh.onstop = () => {
        clearTimeout(limit);
        free();
        if (gone.current) return;
        setSince(null);
        done(new Blob(pieces, { type: fresh.mimeType }));
      };
      recorder.current = fresh;
      fresh.start();
      setSince(Date.now());
      return undefined;
    })().catch(() => setRefused(true));
  };
  return { since, refused, begin, end: () => recorder.current?.stop() };
}
