// J and K: the next and the previous row of a table. While a row's details are open the next one's
// are shown; else the focus goes to the row, and Enter opens it.
import { useEffect, useRef, type RefObject } from 'react';

interface Rows {
  keys: string[];
  selected: string | undefined;
  scroller: RefObject<HTMLElement | null>;
  scrollTo: (index: number) => void;
  /// Undefined: rows of this table open nothing.
  open: ((index: number) => unknown) | undefined;
}

const steps: Record<string, number> = { KeyJ: 1, KeyK: -1 };

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

export function useRowKeys(rows: Rows): void {
  const now = useRef(rows);
  now.current = rows;
  const { scroller } = rows;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { keys, selected, scrollTo, open } = now.current;
      const step = steps[event.code];
      if (!step || !open || keys.length === 0) return;
      if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || typing(event.target)) return;
      const focused = document.activeElement?.closest<HTMLElement>('[data-row]');
      const inside = focused && scroller.current?.contains(focused);
      const at = selected ? keys.indexOf(selected) : inside ? Number(focused.dataset.row) : -1;
      const next = at < 0 ? 0 : at + step;
      if (next < 0 || next >= keys.length) return;
      event.preventDefault();
      scrollTo(next);
      if (selected) {
        open(next);
        return;
      }
      requestAnimationFrame(() =>
        scroller.current?.querySelector<HTMLElement>(`[data-row="${next}"] button, [data-row="${next}"] a`)?.focus(),
      );
    };
    // Before the keys that work on every screen.
    addEventListener('keydown', onKey, true);
    return () => removeEventListener('keydown', onKey, true);
  }, [scroller]);
}
