// What gets the focus in a form, or is scrolled to, stops above the foot that stays at the form's lower edge.
import { useCallback, useLayoutEffect, useState } from 'react';

/// Where the ring around what has the focus still has room, in pixels.
const ring = 8;

/// For the foot, whatever stands in it: the drawer that scrolls around it keeps as much of its lower edge free.
export function useFootRoom() {
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  const makeRoom = useCallback(() => {
    const drawer = foot?.closest<HTMLElement>('.lk-side');
    if (foot && drawer) drawer.style.scrollPaddingBottom = `${foot.offsetHeight + ring}px`;
  }, [foot]);
  // Whenever the form is drawn, as a refusal moves the focus at once; and when something in the foot changes alone.
  useLayoutEffect(makeRoom);
  useLayoutEffect(() => {
    if (!foot) return undefined;
    const observer = new ResizeObserver(makeRoom);
    observer.observe(foot);
    return () => {
      observer.disconnect();
      foot.closest<HTMLElement>('.lk-side')?.style.removeProperty('scroll-padding-bottom');
    };
  }, [foot, makeRoom]);
  return setFoot;
}
