// What can be commanded by a few letters: places, people, queues, numbers and calls of somebody. Plain
// data, found by words; CommandMenu.tsx shows it.
import { folded } from '../../ui/folded';

export type Command =
  /// `words`: found by these as well, which nobody sees.
  | { do: 'go'; to: string; title: string; hint: string; words?: string }
  | { do: 'call'; number: string; title: string; hint: string };

/// What someone typed as a telephone number or an extension, without spaces; empty if it is none.
export function numberIn(text: string): string {
  const number = text.replace(/[\s()/-]/g, '');
  return /^[+*#]?[\d*#]{2,}$/.test(number) ? number : '';
}

/// Those whose title or hint has a word that begins with each typed word, at most `most`.
export function matching(all: Command[], typed: string, most: number): Command[] {
  const wanted = folded(typed).split(/\s+/).filter(Boolean);
  return all
    .filter((command) => {
      const hidden = command.do === 'go' ? (command.words ?? '') : '';
      const words = folded(`${command.title} ${command.hint} ${hidden}`).split(/[\s·,→]+/);
      return wanted.every((each) => words.some((word) => word.startsWith(each)));
    })
    .slice(0, most);
}
