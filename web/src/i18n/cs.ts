// All texts of this language; loaded when it is chosen.
import frame from './cs/frame.json';
import work from './cs/work.json';
import lists from './cs/lists.json';
import manage from './cs/manage.json';
import help from './cs/help.json';
import remove_demo from './cs/remove_demo.json';

export const cs = { ...frame, ...work, ...lists, ...manage, ...help, ...remove_demo };
