// Whether there is a shift to begin.
import type { Me, Start } from '../../api/types';

const isOut = (me: Me): boolean => me.state === 'not_ready' || me.state === 'logged_out';

/// At work already, and the one thing that lacks nobody has given a right to: beginning would change nothing.
export const lacksQueues = (me: Me): boolean =>
  !isOut(me) && me.devices.length > 0 && me.queues.length + me.queues_available.length === 0;

/// There is something to begin: not ready yet, or nothing that work could come through.
export function canStart(me: Me): me is Me & { start: Start } {
  if (!me.start) return false;
  if (isOut(me)) return true;
  return me.devices.length === 0 || me.queues.length === 0;
}
