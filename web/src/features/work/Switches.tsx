// Language and theme, as the sign-in page, the user's menu and the settings offer them.
import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';

import { chooseLanguage, chosenLanguage, type Language } from '../../i18n';

export function LanguageSwitch({ after }: { after?: () => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      aria-label={t('user.language')}
      value={chosenLanguage()}
      data={[
        { value: 'cs', label: 'Čeština' },
        { value: 'en', label: 'English' },
      ]}
      onChange={(value) => void chooseLanguage(value as Language).then(after)}
    />
  );
}

export function ThemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      aria-label={t('user.theme')}
      value={colorScheme}
      data={(['auto', 'light', 'dark'] as const).map((value) => ({
        value,
        label: t(`user.theme_${value}`),
      }))}
      onChange={(value) => setColorScheme(value as 'auto' | 'light' | 'dark')}
    />
  );
}
