// The answer to "why", as one sentence: the server's own, or what its last decision comes to. Plain.
import type { Why } from '../../api/types';

export type Explained = Omit<Why, 'offers'> & {
  offers: (Why['offers'][number] & { text?: string })[];
  answer?: string;
  path?: { kind: string; title: string }[];
};

export type Answer = { text: string } | { key: 'chosen' | 'nobody'; who: string; free: number; strategy: string };

export function answerOf(why: Explained): Answer | null {
  if (why.answer) return { text: why.answer };
  const last = why.decisions.at(-1);
  if (!last) return null;
  const chosen = last.candidates.filter((candidate) => candidate.rule === 'chosen');
  const free = last.candidates.filter((candidate) => candidate.rule === 'chosen' || candidate.rule === 'eligible');
  return {
    key: chosen.length > 0 ? 'chosen' : 'nobody',
    who: chosen.map((candidate) => candidate.user.title ?? '').filter(Boolean).join(', '),
    free: free.length,
    strategy: last.strategy,
  };
}
