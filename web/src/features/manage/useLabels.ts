// Words for fields and their values.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { duration, localeNow, phone } from '../../ui/format';
import type { Resource } from './kit';
import { isMatrix, matrixText } from './matrix';
import { destinationText, isDestination, isRingMember } from './routing/destination';
import { isHoursRule, ruleText } from './routing/hours';

type AnyKey = 'common.yes';

type Named = Pick<Resource, 'model'>;

export function labelsOf(t: TFunction, resource: Named) {
  const short = (name: string) => name.replace('options.', '');
  const label = (name: string): string =>
    t(`field.${resource.model}_${short(name)}` as AnyKey, { defaultValue: t(`field.${short(name)}` as AnyKey, short(name)) });
  /// `fresh`: of a new record, where another hint may stand.
  const hint = (name: string, fresh: boolean, span?: { least: number; most: number }): string => {
    const key = `hint.${resource.model}_${short(name)}`;
    const standing = t(key as AnyKey, { defaultValue: '', ...span });
    return fresh ? t(`${key}_new` as AnyKey, { defaultValue: standing, ...span }) : standing;
  };
  const choice = (name: string, value: string): string =>
    t(`choice.${short(name)}_${value}` as AnyKey, {
      defaultValue: t(`choice.${resource.model}_${short(name)}_${value}` as AnyKey, {
        defaultValue: t(`choice.${resource.model}_${value}` as AnyKey, value),
      }),
    });
  const element = (name: string, one: unknown): string => {
    if (isRingMember(one)) return one.number;
    if (isHoursRule(one)) return ruleText(one, localeNow(), { wholeDay: t('hours.whole_day'), shut: t('hours.shut') });
    return choice(name, String((one as { name?: unknown }).name ?? one));
  };
  const shown = (name: string, value: unknown): string => {
    // A pause that somebody made has no type of its own.
    if (resource.model === 'pauses' && name === 'type' && !value) return choice(name, 'custom');
    if (name === 'deactivated') return value === true ? t('manage.off') : '–';
    if (value === null || value === undefined || value === '') return '–';
    if (isDestination(value)) return destinationText(value, (kind) => t(`destination.${kind}` as AnyKey, kind));
    if (isMatrix(value)) return matrixText(value, (one) => choice(name, one));
    if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
    if (name === 'number') return phone(String(value));
    if (name === 'max_duration') return Number(value) > 0 ? duration(Number(value) * 60) : t('manage.unlimited');
    if (Array.isArray(value)) return value.map((one) => element(name, one)).join(', ') || '–';
    return choice(name, String(value));
  };
  return { label, hint, choice, shown };
}

export function useLabels(resource: Named) {
  const { t, i18n } = useTranslation();
  return useMemo(() => labelsOf(t, resource), [t, i18n.language, resource.model]);
}
