// All texts of this language; loaded when it is chosen.
import frame from './en/frame.json';
import work from './en/work.json';
import lists from './en/lists.json';
import manage from './en/manage.json';
import help from './en/help.json';
import remove_demo from './en/remove_demo.json';

export const en = { ...frame, ...work, ...lists, ...manage, ...help, ...remove_demo };
