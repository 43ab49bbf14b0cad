// Whether there is a shift to begin.
import type { Me, Start } from '../../api/types';

/// There is something to begin: not ready yet, or nothing that work could come through.
export function canStart(me: Me): me is Me & { start: Start } {
  if (!me.start) return false;
  if (me.state === 'not_ready' || me.state === 'logged_out') return true;
  return me.devices.length === 0 || me.queues.length === 0;
}
