// Czech and English. Keys are typed after the Czech texts; a test keeps both languages complete.
// Only the language in use is loaded.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

import { sendLanguage } from '../api/session';
import { setLocale } from '../ui/format';

export type Language = 'cs' | 'en';

const key = 'linka.language';

export function chosenLanguage(): Language {
  return localStorage.getItem(key) === 'en' ? 'en' : 'cs';
}

async function textsOf(language: Language): Promise<object> {
  return language === 'en' ? (await import('./en')).en : (await import('./cs')).cs;
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
  use(language);
  await i18next.changeLanguage(language);
}
