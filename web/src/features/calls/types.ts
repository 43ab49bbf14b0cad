import type { Row } from '../../api/v6';

interface Named {
  name: string | number;
  title: string;
}

export interface CallActivity {
  name: string;
  user: Named | null;
  description: string | null;
  statuses: { name: string }[];
  duration: number;
}

/// A row of /api/v6/activitiesCall.
export interface CallRow extends Row {
  id_call: string;
  call_time: string;
  direction: 'in' | 'out' | 'internal';
  answered: boolean;
  id_queue: Named | null;
  id_agent: Named | null;
  clid: string | null;
  prefix_clid_name: string | null;
  did: string | null;
  waiting_time: number;
  ringing_time: number;
  hold_time: number;
  duration: number;
  disposition_cause: string | null;
  disconnection_cause: string | null;
  attempts: number;
  activities: CallActivity[];
}
