// A menu that closes by itself, because what it was open for is done, gives the focus back as one that is closed by key.
import { useEffect, useRef, type RefObject } from 'react';

/// Longer than a menu takes to fade, in milliseconds: until then what it holds may still have the focus.
const fadedAfter = 250;

/// For the button of a menu: gets the focus when the menu is gone and nothing has it.
export function useFocusBack(opened: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const wasOpened = useRef(false);
  useEffect(() => {
    const closed = wasOpened.current && !opened;
    wasOpened.current = opened;
    if (!closed) return undefined;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
    }, fadedAfter);
    return () => clearTimeout(timer);
  }, [opened]);
  return button;
}
