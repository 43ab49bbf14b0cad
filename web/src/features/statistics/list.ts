// The list behind a figure: its address comes from the server and is used only if it is a list's.
export interface ListSearch {
  link: string;
  title: string;
}

const start = '/api/live/lists/';

export function readSearch(raw: Record<string, unknown>): ListSearch {
  const link = typeof raw.link === 'string' && raw.link.startsWith(start) ? raw.link : '';
  return { link, title: typeof raw.title === 'string' ? raw.title : '' };
}

/// interactions, offers or activities; empty for anything else.
export function modelOf(link: string): 'interactions' | 'offers' | 'activities' | '' {
  const model = link.startsWith(start) ? link.slice(start.length).split('?')[0] : '';
  return model === 'interactions' || model === 'offers' || model === 'activities' ? model : '';
}
