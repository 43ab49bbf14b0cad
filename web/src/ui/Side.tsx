// What opens beside a list, at the right or left edge below the bar. Not modal: the call strip and offers
// stay in reach, and the rest of the page as well. Closed by Esc while one is in it, or by its cross.
import { CloseButton } from '@mantine/core';
import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  opened: boolean;
  onClose: () => void;
  title: string;
  left?: boolean;
  children: ReactNode;
}

export function Side({ opened, ...rest }: Props) {
  return opened ? <Opened {...rest} /> : null;
}

function Opened({ onClose, title, left, children }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const here = box.current;
    const before = document.activeElement;
    here?.focus();
    return () => {
      // Who has gone on to something else meanwhile is not called back.
      const within = here?.contains(document.activeElement) || document.activeElement === document.body;
      if (within && before instanceof HTMLElement) before.focus();
    };
  }, []);
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const at = document.activeElement;
      const ours = at === document.body || box.current?.contains(at);
      if (event.key === 'Escape' && ours && !event.defaultPrevented) onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <section ref={box} role="dialog" aria-label={title} tabIndex={-1} className="lk-side" data-left={left || undefined}>
      <div className="lk-row lk-side__head">
        <h2 className="lk-grow lk-cut">{title}</h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
      </div>
      {children}
    </section>
  );
}
