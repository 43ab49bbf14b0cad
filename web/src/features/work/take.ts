// Why waiting work cannot be taken now, in the server's words.
import type { Activity, Blocker, Me } from '../../api/types';

export const takeBlockers = (_activity: Activity, me: Me): Blocker[] => me.can.receive_calls.blockers;
