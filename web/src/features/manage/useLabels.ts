// Words for fields and their values.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { duration } from '../../ui/format';
import type { Resource } from './kit';

type AnyKey = 'common.yes';

export function useLabels(resource: Resource) {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const short = (name: string) => name.replace('options.', '');
    const label = (name: string): string =>
      t(`field.${resource.model}_${short(name)}` as AnyKey, { defaultValue: t(`field.${short(name)}` as AnyKey, short(name)) });
    const hint = (name: string): string =>
      t(`hint.${resource.model}_${short(name)}` as AnyKey, { defaultValue: '' });
    const choice = (name: string, value: string): string =>
      t(`choice.${short(name)}_${value}` as AnyKey, { defaultValue: t(`choice.${resource.model}_${short(name)}_${value}` as AnyKey, value) });
    const shown = (name: string, value: unknown): string => {
      if (value === null || value === undefined || value === '') return '–';
      if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
      if (name === 'max_duration') return duration(Number(value) * 60);
      return choice(name, String(value));
    };
    return { label, hint, choice, shown };
  }, [t, i18n.language, resource.model]);
}
