// Why a record stays as it is: who or what is in the way, by name.
import type { TFunction } from 'i18next';

import { ApiError } from '../../api/errors';
import type { Blocker } from '../../api/types';
import { refusalText } from '../work/useDeed';

/// A name may end with a full stop itself: ml., s. r. o.
const sentence = (text: string): string => (text.endsWith('.') ? text : `${text}.`);

function blockerText(t: TFunction, what: 'save' | 'remove', { code, text, fix, subjects }: Blocker): string {
  const names = subjects.join(', ');
  if (code === 'in_use' && names) return `${sentence(t('manage.referred', { names }))} ${t('manage.referred_fix')}`;
  if (code === 'still_used' && names) return `${sentence(t('manage.still_used', { names }))} ${t('manage.still_used_fix')}`;
  if (code === 'logged_in' && what === 'remove') return t('manage.remove_logged_in');
  return `${text} ${fix}`;
}

/// What the form says of a refused save or deletion.
export function refusedText(t: TFunction, what: 'save' | 'remove', error: unknown): string {
  if (!(error instanceof ApiError) || error.blockers.length === 0) return refusalText(error, t('error.failed'));
  return error.blockers.map((blocker) => blockerText(t, what, blocker)).join(' ');
}
