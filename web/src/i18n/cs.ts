// The texts of the first load; what cs.more.ts has comes with the pages that need it.
import frame from './cs/frame.json';
import work from './cs/work.json';
import lists from './cs/lists.json';
import manage from './cs/manage.json';

export const cs = { ...frame, ...work, ...lists, ...manage };
