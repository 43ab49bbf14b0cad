// Words for entries of the change log.
import type { TFunction } from 'i18next';

import { isMatrix } from '../matrix';
import { isDestination, isRingMember } from '../routing/destination';
import { labelsOf } from '../useLabels';
import { words } from '../words';
import { isMadeUp, verbOf, type Change } from './change';

type AnyKey = 'common.yes';

/// "Queues: changed"; what is no change of a record has a sentence of its own.
export function actionText(t: TFunction, change: Change): string {
  const verb = verbOf(change);
  if (verb && change.model) return `${t(words(change.model).title)}: ${t(`changes.${verb}`)}`;
  return t(`changes.${change.action.replace('.', '_')}` as AnyKey, change.action);
}

/// What it was called then; records that have a name of their own beside it, that one, too.
export function recordText({ title, record, detail }: Change): string {
  const own = record && !isMadeUp(record) ? record : null;
  const said = title && own && title !== own ? `${title} (${own})` : (title ?? own ?? record);
  return said ?? detail?.replace(/^from /, '') ?? '–';
}

export const accessText = (t: TFunction, access: string): string => t(`access.${access}` as AnyKey, access);

export const whoText = (t: TFunction, change: Change): string => change.user?.title ?? t('changes.nobody');

/// The title of a record that a value names; the name itself where there is none.
export type TitleOf = (name: string) => string;

interface Right {
  name: string | number;
  login?: 'manual' | 'automatic' | 'fixed';
  penalty?: number;
  delay?: number;
  ring?: number;
}

function rightText(t: TFunction, right: Right, titleOf: TitleOf): string {
  const { login, penalty = 0, delay = 0, ring = 0 } = right;
  const beside = [
    login && t(`manage.login_${login}`),
    penalty > 0 && t('changes.penalty', { penalty }),
    ring > 0 ? t('changes.rings', { delay, ring }) : delay > 0 && t('changes.rings_all', { delay }),
  ].filter(Boolean);
  return `${titleOf(String(right.name))}${beside.length > 0 ? ` (${beside.join(', ')})` : ''}`;
}

const isRight = (value: unknown): value is Right => typeof value === 'object' && value !== null && 'name' in value;

/// A value as the form of that record would say it. `titleOf`: where the field names records of another model.
export function valueText(t: TFunction, model: string, field: string, value: unknown, titleOf?: TitleOf): string {
  const { shown } = labelsOf(t, { model });
  if (Array.isArray(value) && titleOf) {
    return value.map((one) => (isRight(one) ? rightText(t, one, titleOf) : titleOf(String(one)))).join(', ') || '–';
  }
  if (typeof value === 'string' && titleOf) {
    const title = titleOf(value);
    return title === value ? shown(field, value) : title;
  }
  if (Array.isArray(value) && value.some(isRingMember)) {
    return value.map((one) => (isRingMember(one) ? t('changes.ring_member', { number: one.number, ring: one.ringtime }) : String(one))).join(', ');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isMatrix(value) || isDestination(value)) return shown(field, value);
  return JSON.stringify(value);
}

export const fieldText = (t: TFunction, model: string, field: string): string =>
  field === 'people' ? t('changes.people') : labelsOf(t, { model }).label(field);
