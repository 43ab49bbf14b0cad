// Texts of pages that are opened seldom.
import forms from './en/forms.json';
import help from './en/help.json';

export const more = { ...forms, ...help };
