// Whether a value is within a limit of the server's, before it is sent.
import type { Span } from '../../api/types';
import { isTable } from './matrix';
import { isRingMember } from './routing/destination';

/// `number`: of the value. `bytes`: of a text, which may be empty as well. `digits`: how many, nothing else.
export interface Limit {
  of: 'number' | 'bytes' | 'digits';
  span: Span;
}

export const upTo = (most: number): Span => ({ least: 0, most, zero: false });

const has = ({ least, most, zero }: Span, value: number) => (zero && value === 0) || (value >= least && value <= most);

export function isWithin({ of, span }: Limit, value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true; // required or not is another question
  if (isTable(value)) {
    const cells = Object.values(value).flatMap((row) => Object.values(row));
    return cells.every((cell) => cell !== null && isWithin({ of, span }, cell));
  }
  if (Array.isArray(value)) {
    return value.every((one) => !isRingMember(one) || (one.ringtime !== null && isWithin({ of, span }, one.ringtime)));
  }
  if (of === 'number') return typeof value === 'number' && Number.isInteger(value) && has(span, value);
  const text = String(value);
  return of === 'bytes' ? has(span, new TextEncoder().encode(text).length) : /^\d+$/.test(text) && has(span, text.length);
}

export type LimitText = 'limit_number' | 'limit_or_zero' | 'limit_most' | 'limit_digits';

/// The sentence that says what is allowed; its {{least}} and {{most}} are the span's.
export function textOf({ of, span }: Limit): LimitText {
  if (of === 'digits') return 'limit_digits';
  if (of === 'bytes') return 'limit_most';
  return span.zero && span.least > 1 ? 'limit_or_zero' : 'limit_number';
}

/// As said in that sentence: a span from 1 that allows 0 begins with 0.
/// `count` is what the noun behind the numbers agrees with.
export const saidSpan = ({ span }: Limit) => ({
  least: span.zero && span.least === 1 ? 0 : span.least,
  most: span.most,
  count: span.most,
});
