// Texts of pages that are opened seldom.
import forms from './en/forms.json';
import help from './en/help.json';
import statistics from './en/statistics.json';
import remove_demo from './en/remove_demo.json';
import recordings from './en/recordings.json';
import routing from './en/routing.json';
import synonyms from './en/synonyms.json';

export const more = { ...forms, ...help, ...recordings, ...remove_demo, ...routing, ...statistics, ...synonyms };
