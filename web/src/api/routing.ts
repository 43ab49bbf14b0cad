// The sandbox of routing. Apart from what the first load asks for.
import { ask, got, live } from './http';

export const routing = {
  changes: () => got(live.GET('/api/live/routing/changes')),
  try: (call: { did: string; clid: string; keys: string }) => got(live.POST('/api/live/routing/try', { body: call })),
  apply: () => ask('POST', '/api/live/routing/apply', {}),
  discard: () => ask('POST', '/api/live/routing/discard', {}),
  undo: () => ask('POST', '/api/live/routing/undo', {}),
};
