// Whoever deleted the demo is signed out with it; the page of signing in says what has happened.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const place = 'linka.demo_gone';

export interface Gone {
  administrator: string;
  listens: string;
}

/// To the page of signing in, which will say so.
export function leaveDemo(gone: Gone): void {
  sessionStorage.setItem(place, JSON.stringify(gone));
  location.assign('/login');
}

function recall(): Gone | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') as Gone | null;
  } catch {
    return null;
  }
}

/// What has happened and what to know; nothing if no demo was deleted from here.
export function DemoGone() {
  const { t } = useTranslation();
  const [gone] = useState(recall);
  // Until somebody has signed in.
  useEffect(() => () => sessionStorage.removeItem(place), []);
  if (!gone) return null;
  return (
    <div className="lk-stack" role="status">
      <h2>{t('remove_demo.gone')}</h2>
      <p>{t('remove_demo.gone_next', { name: gone.administrator })}</p>
      {gone.listens && (
        <p className="lk-chip lk-tone-ringing lk-note">{t('remove_demo.gone_listens', { address: gone.listens })}</p>
      )}
    </div>
  );
}
