// Czech and English. Keys are typed after the Czech texts; a test keeps both languages complete.
// Only the language in use is loaded, and of it first what the day's work needs.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { sendLanguage } from '../api/session';
import { setLocale } from '../ui/format';

export type Language = 'cs' | 'en';

const key = 'linka.language';

/// What was chosen here before; else the first of the browser's languages that we speak. Who reads
/// Slovak is given Czech.
export function languageOf(stored: string | null, browser: readonly string[]): Language {
  if (stored === 'cs' || stored === 'en') return stored;
  const known = browser.map((each) => each.slice(0, 2).toLowerCase()).find((each) => ['cs', 'sk', 'en'].includes(each));
  return known === 'cs' || known === 'sk' ? 'cs' : 'en';
}

export const chosenLanguage = (): Language => languageOf(localStorage.getItem(key), navigator.languages);

async function textsOf(language: Language): Promise<object> {
  return language === 'en' ? (await import('./en')).en : (await import('./cs')).cs;
}

let hasMore = false;

async function addMore(language: Language): Promise<void> {
  const { more } = await (language === 'en' ? import('./en.more') : import('./cs.more'));
  i18next.addResourceBundle(language, 'translation', more, true);
}

/// A page that is opened seldom, once the texts are here that only such pages have.
export async function withMore<Page>(page: Promise<Page>): Promise<Page> {
  if (!hasMore) await addMore(chosenLanguage());
  hasMore = true;
  return page;
}

function use(language: Language): void {
  document.documentElement.lang = language;
  setLocale(language);
  sendLanguage(language);
}

export async function startLanguage(): Promise<void> {
  const language = chosenLanguage();
  use(language);
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await textsOf(language) } },
    interpolation: { escapeValue: false },
  });
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(key, language);
  i18next.addResourceBundle(language, 'translation', await textsOf(language));
  if (hasMore) await addMore(language);
  use(language);
  await i18next.changeLanguage(language);
}
