// How times, durations and numbers look. `locale` is set once, with the language.
let locale = 'cs-CZ';

export const localeNow = () => locale;
export function setLocale(language: string): void {
  locale = language === 'cs' ? 'cs-CZ' : 'en-GB';
}

/// 2:14, 1:02:03; negative times are 0:00.
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || Number.isNaN(seconds)) return '–';
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/// 23. 11. 13:05 — from an ISO instant or the API's wall time.
export function dateTime(text: string | null | undefined): string {
  if (!text) return '–';
  const at = new Date(text.includes('T') ? text : text.replace(' ', 'T'));
  if (Number.isNaN(at.getTime())) return text;
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
}

/// 13:05 when it is today, else as dateTime.
export function nearTime(text: string | null | undefined): string {
  const at = new Date(text ?? '');
  if (at.toDateString() !== new Date().toDateString()) return dateTime(text);
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
}

/// po 1. 11. — the day of an instant.
export function day(text: string | null | undefined): string {
  if (!text) return '–';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'numeric' }).format(new Date(text));
}

export function time(text: string | null | undefined): string {
  if (!text) return '–';
  return new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(text));
}

export function number(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(value);
}

export function percent(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value);
}

/// +420 777 123 456; what is no international number stays as it is, in threes when it is long.
export function phone(text: string | null | undefined): string {
  if (!text) return '';
  const plain = text.replace(/\s+/g, '').replace(/^00/, '+');
  const near = /^\+?(42[01])(\d{3})(\d{3})(\d{3})$/.exec(plain);
  if (near) return `+${near.slice(1).join(' ')}`;
  const national = /^(\d{3})(\d{3})(\d{3})$/.exec(plain);
  return national ? `${national[1]} ${national[2]} ${national[3]}` : plain;
}

/// With its full stop, so that another sentence can follow.
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);
