// Words for entries of the change log.
import type { TFunction } from 'i18next';

import { labelsOf } from '../useLabels';
import { words } from '../words';
import { verbOf, type Change } from './change';

type AnyKey = 'common.yes';

/// "Queues: changed"; what is no change of a record has a sentence of its own.
export function actionText(t: TFunction, change: Change): string {
  const verb = verbOf(change);
  if (verb && change.model) return `${t(words(change.model).title)}: ${t(`changes.${verb}`)}`;
  return t(`changes.${change.action.replace('.', '_')}` as AnyKey, change.action);
}

/// What it was called then; records that have a name of their own beside it, that one, too.
export function recordText({ title, record, detail }: Change): string {
  const own = record && !/_[0-9a-f]{32}$/.test(record) ? record : null;
  const said = title && own && title !== own ? `${title} (${own})` : (title ?? own ?? record);
  return said ?? detail?.replace(/^from /, '') ?? '–';
}

export const whoText = (t: TFunction, change: Change): string => change.user?.title ?? t('changes.nobody');

/// A value as the form of that record would say it.
export function valueText(t: TFunction, model: string, field: string, value: unknown): string {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return JSON.stringify(value);
  return labelsOf(t, { model }).shown(field, value);
}

export const fieldText = (t: TFunction, model: string, field: string): string => labelsOf(t, { model }).label(field);
