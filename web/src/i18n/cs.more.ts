// Texts of pages that are opened seldom.
import forms from './cs/forms.json';
import help from './cs/help.json';

export const more = { ...forms, ...help };
