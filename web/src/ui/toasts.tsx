// Results of one's own deeds, bottom left. What failed stays until it is closed.
import { Notification } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';

interface Toast {
  id: number;
  title: string;
  text: string;
  failed: boolean;
}

const useToasts = create<Toast[]>(() => []);
let next = 1;

const forget = (id: number) => useToasts.setState((all) => all.filter((each) => each.id !== id), true);

/// Gives what takes it away before its time.
export function toast(title: string, text: string, failed: boolean): () => void {
  const id = next++;
  const same = (each: Toast) => each.title === title && each.text === text;
  useToasts.setState((all) => [...all.filter((each) => !same(each)), { id, title, text, failed }].slice(-3), true);
  if (!failed) setTimeout(() => forget(id), 6000);
  return () => forget(id);
}

export function Toasts() {
  const all = useToasts();
  const { t } = useTranslation();
  return (
    <div className="lk-toasts" role="region" aria-label={t('common.messages')} aria-live="polite">
      {all.map((each) => (
        <Notification
          key={each.id}
          title={each.title}
          withBorder
          closeButtonProps={{ 'aria-label': t('common.close') }}
          className={each.failed ? 'lk-toast--failed' : undefined}
          onClose={() => forget(each.id)}
        >
          {each.text}
        </Notification>
      ))}
    </div>
  );
}
