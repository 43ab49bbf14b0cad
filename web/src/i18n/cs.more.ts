// Texts of pages that are opened seldom.
import forms from './cs/forms.json';
import help from './cs/help.json';
import statistics from './cs/statistics.json';
import remove_demo from './cs/remove_demo.json';
import recordings from './cs/recordings.json';
import routing from './cs/routing.json';
import synonyms from './cs/synonyms.json';

export const more = { ...forms, ...help, ...recordings, ...remove_demo, ...routing, ...statistics, ...synonyms };
