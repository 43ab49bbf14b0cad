// Words for fields and their values.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { duration, phone } from '../../ui/format';
import type { Resource } from './kit';

type AnyKey = 'common.yes';

export function useLabels(resource: Resource) {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const short = (name: string) => name.replace('options.', '');
    const label = (name: string): string =>
      t(`field.${resource.model}_${short(name)}` as AnyKey, { defaultValue: t(`field.${short(name)}` as AnyKey, short(name)) });
    /// `fresh`: of a new record, where another hint may stand.
    const hint = (name: string, fresh: boolean): string => {
      const key = `hint.${resource.model}_${short(name)}`;
      const standing = t(key as AnyKey, { defaultValue: '' });
      return fresh ? t(`${key}_new` as AnyKey, { defaultValue: standing }) : standing;
    };
    const choice = (name: string, value: string): string =>
      t(`choice.${short(name)}_${value}` as AnyKey, { defaultValue: t(`choice.${resource.model}_${short(name)}_${value}` as AnyKey, value) });
    const shown = (name: string, value: unknown): string => {
      // A pause that somebody made has no type of its own.
      if (resource.model === 'pauses' && name === 'type' && !value) return choice(name, 'custom');
      if (name === 'deactivated') return value === true ? t('manage.off') : '–';
      if (value === null || value === undefined || value === '') return '–';
      if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
      if (name === 'number') return phone(String(value));
      if (name === 'max_duration') return Number(value) > 0 ? duration(Number(value) * 60) : t('manage.unlimited');
      if (Array.isArray(value)) return value.map((one) => String((one as { name?: unknown }).name ?? one)).join(', ') || '–';
      return choice(name, String(value));
    };
    return { label, hint, choice, shown };
  }, [t, i18n.language, resource.model]);
}
