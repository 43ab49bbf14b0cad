// Why waiting work cannot be taken now, in the server's words.
import type { Blocker, May, Me } from '../../api/types';

export const takeBlockers = (me: Me): Blocker[] => {
  const { take, receive_calls: receive } = me.can as Me['can'] & { take?: May };
  return (take ?? receive).blockers;
};
