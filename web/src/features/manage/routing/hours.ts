// When a time group is open, as records have it. Plain.
export interface HoursRule {
  /// 1 Monday to 7; of a date there are none.
  days?: number[];
  /// "2026-12-24".
  date?: string;
  /// "08:00" to "24:00"; `to` before `from` is over midnight.
  from: string;
  to: string;
  /// Shuts instead of opening.
  closed: boolean;
}

export const isHoursRule = (value: unknown): value is HoursRule =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value && 'closed' in value;

export const workdays: HoursRule = { days: [1, 2, 3, 4, 5], from: '08:00', to: '17:00', closed: false };
export const dayOff = (date: string): HoursRule => ({ date, from: '00:00', to: '24:00', closed: true });

/// Names of days in the reader's language, Monday first.
export const dayNames = (language: string): string[] => {
  const format = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, i) => format.format(new Date(Date.UTC(2024, 0, 1 + i))));
};

/// "1–5" of days that follow each other, else each: "Mon–Fri", "Mon, Wed".
export const daysText = (days: readonly number[], names: readonly string[]): string => {
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.at(-1) === day - 1) last.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => names[(day ?? 1) - 1] ?? '';
  return runs
    .flatMap((run) => (run.length > 2 ? [`${name(run[0])}–${name(run.at(-1))}`] : run.map(name)))
    .join(', ');
};

const wholeDay = ({ from, to }: HoursRule) => from === '00:00' && to === '24:00';

/// "Mon–Fri 08:00–17:00", "24 Dec 2026 shut"; `words` are the page's for the whole day and for what is shut.
export const ruleText = (rule: HoursRule, language: string, words: { wholeDay: string; shut: string }): string => {
  const when = rule.date
    ? new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${rule.date}T00:00:00Z`))
    : daysText(rule.days ?? [], dayNames(language));
  const time = wholeDay(rule) ? (rule.closed ? '' : words.wholeDay) : `${rule.from}–${rule.to}`;
  return [when, time, rule.closed ? words.shut : ''].filter(Boolean).join(' ');
};

/// "8" and "8:5" are hours as people type them; what is none stays for the server to name.
export const clockText = (typed: string): string => {
  const found = /^(\d{1,2})(?:[:.](\d{1,2}))?$/.exec(typed.trim());
  if (!found) return typed.trim();
  return `${(found[1] ?? '').padStart(2, '0')}:${(found[2] ?? '').padStart(2, '0')}`;
};
