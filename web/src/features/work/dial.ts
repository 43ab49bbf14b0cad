// Calling a number; of one that may not be called, what would help.
import i18next from 'i18next';

import { ApiError } from '../../api/errors';
import { deeds } from '../../api/live';
import type { Blocker } from '../../api/types';

const plain = (number: string): string => number.replace(/[\s()./-]/g, '');

/// The refusal of `number` in words that fit it; others, such as of a colleague who forwards to such a number, stay.
export function fitting(blocker: Blocker, number: string): Blocker {
  if (blocker.code !== 'not_allowed_number' || plain(blocker.subjects[0] ?? '') !== plain(number)) return blocker;
  const isNumber = /^[+*#]?[\d*#]+$/.test(plain(number));
  return isNumber
    ? { ...blocker, fix: i18next.t('dial.number_forbidden_fix') }
    : { ...blocker, text: i18next.t('dial.no_number', { number: number.trim() }), fix: i18next.t('dial.no_number_fix') };
}

/// As `deeds.call`.
export async function dial(number: string, queue?: number): Promise<unknown> {
  try {
    return await deeds.call(number, queue);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const blockers = error.blockers.map((blocker) => fitting(blocker, number));
    throw new ApiError(error.status, error.code, error.message, blockers, error.fields, error.retryAfter);
  }
}
