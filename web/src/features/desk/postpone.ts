// When postponed work comes back: a few times that people mean, in the computer's own time.
export interface Choice {
  key: 'in_15' | 'in_60' | 'today' | 'tomorrow';
  at: Date;
}

const at = (day: Date, add: number, hour: number): Date =>
  new Date(day.getFullYear(), day.getMonth(), day.getDate() + add, hour);

/// `today` is 16:00, while that is more than an hour away; `tomorrow` 9:00.
export function postponeChoices(now: Date): Choice[] {
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
  const afternoon = at(now, 0, 16);
  return [
    { key: 'in_15', at: minutes(15) },
    { key: 'in_60', at: minutes(60) },
    ...(afternoon.getTime() - now.getTime() > 3_600_000 ? [{ key: 'today' as const, at: afternoon }] : []),
    { key: 'tomorrow', at: at(now, 1, 9) },
  ];
}

/// What a field for date and time says; null when it is no time to come.
export function chosenTime(text: string, now: Date): Date | null {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) || time <= now ? null : time;
}
