// The sandbox of routing. Apart from what the first load asks for.
import { ask, got, live } from './http';

export interface TreePlace {
  kind: string;
  title: string;
  /// It stands further up, with what follows.
  again?: boolean;
  exits?: { kind: 'key' | 'no_key' | 'left' | 'no_answer'; key: string; to: TreePlace }[];
}
interface Tree {
  rule: string;
  announcement: string;
  to: TreePlace;
  time_group?: string;
  when_shut?: TreePlace;
}

export const routing = {
  tree: (rule: string) => got(live.GET('/api/live/routing/tree', { params: { query: { rule } } })) as Promise<{ tree: Tree | null }>,
  changes: () => got(live.GET('/api/live/routing/changes')),
  try: (call: { did: string; clid: string; keys: string; at: string }) => got(live.POST('/api/live/routing/try', { body: call })),
  apply: () => ask('POST', '/api/live/routing/apply', {}),
  discard: () => ask('POST', '/api/live/routing/discard', {}),
  undo: () => ask('POST', '/api/live/routing/undo', {}),
};
