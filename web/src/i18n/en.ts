// The texts of the first load; what en.more.ts has comes with the pages that need it.
import frame from './en/frame.json';
import work from './en/work.json';
import lists from './en/lists.json';
import manage from './en/manage.json';

export const en = { ...frame, ...work, ...lists, ...manage };
