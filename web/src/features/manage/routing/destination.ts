// Where calls are sent, as records have it. Plain.
export interface Destination {
  kind: string;
  value: string;
}

export interface RingMember {
  number: string;
  ringtime: number | string | null;
}

export const isDestination = (value: unknown): value is Destination =>
  typeof value === 'object' && value !== null && 'kind' in value;

export const isRingMember = (value: unknown): value is RingMember =>
  typeof value === 'object' && value !== null && 'number' in value && 'ringtime' in value;

/// The models of which the records are that a kind names, and the field of them that is the value.
export const namedBy: Record<string, { of: string; field: string } | undefined> = {
  queue: { of: 'queues', field: 'name' },
  extension: { of: 'users', field: 'extension' },
  voicemail: { of: 'users', field: 'extension' },
  ring_group: { of: 'ringGroups', field: 'name' },
};

/// In the order of the menu. Others stay where a record has them already.
export const kinds = ['queue', 'extension', 'ring_group', 'voicemail', 'number', 'announcement', 'echo', 'busy', 'congestion', 'hangup'];

/// "Queue 6001"; `choice` has the words for kinds.
export const destinationText = ({ kind, value }: Destination, choice: (kind: string) => string): string =>
  [choice(kind), value].filter(Boolean).join(' ');
