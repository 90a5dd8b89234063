import { signal } from '@preact/signals';

export type Language = 'en' | 'zh';
export const languageNames: Record<Language, string> = { en: 'English', zh: '中文' };

/** A text, or a function of the values in it. */
type Text = string | ((...values: never[]) => string);
type Texts = Record<string, Text>;
/** The other language has the same names, and its functions take the same arguments. */
type Translation<T extends Texts> = { [K in keyof T]: T[K] extends string ? string : T[K] };

const key = 'replyloop.language';

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function supported(wanted: string | null | undefined): Language | undefined {
  if (!wanted) return undefined;
  return wanted.toLowerCase().startsWith('zh')
    ? 'zh'
    : wanted.toLowerCase().startsWith('en')
      ? 'en'
      : undefined;
}

export const language = signal<Language>('en');

/** The language chosen before, otherwise that of the embedding page, otherwise the browser's. */
export function startLanguage(asked?: string | null): void {
  speak(supported(stored()) ?? supported(asked) ?? browserLanguage());
}

export function browserLanguage(): Language {
  return navigator.languages.map((tag) => supported(tag)).find((known) => known) ?? 'en';
}

export function chooseLanguage(chosen: Language): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
  speak(chosen);
}

/** Switches the language of this page without storing it. */
export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen === 'zh' ? 'zh-CN' : 'en';
}

/** Declares the texts of a page in both languages; the result returns those of the current language. */
export function texts<const T extends Texts>(en: T, zh: Translation<T>): () => Translation<T> {
  return () => (language.value === 'zh' ? zh : (en as unknown as Translation<T>));
}

/** Joins sentences; Chinese punctuation includes its own space. */
export function sentences(...said: (string | undefined)[]): string {
  return said.filter(Boolean).join(language.value === 'zh' ? '' : ' ');
}

const locale = (): string => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

export function clockTime(at: string): string {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

export function dayName(at: string): string {
  const date = new Date(at);
  const thisYear = date.getFullYear() === new Date().getFullYear();
  return new Intl.DateTimeFormat(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: thisYear ? undefined : 'numeric',
  }).format(date);
}

interface Clock {
  /** Defaults to the browser's. */
  timeZone?: string;
  /** Whether to name it, such as GMT+8: where the reader may think of another. */
  zone?: boolean;
}

export function dateAndTime(at: string, { timeZone, zone }: Clock = {}): string {
  const date = new Date(at);
  const time = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short', timeZone });
  if (!zone) return time.format(date);
  // Together with a style, the name of the zone may not be asked for.
  const named = new Intl.DateTimeFormat(locale(), { timeZoneName: 'short', timeZone }).formatToParts(date);
  return `${time.format(date)} ${named.find(({ type }) => type === 'timeZoneName')?.value ?? ''}`.trimEnd();
}

/** The time of an event today, or the date of another. */
export function shortTime(at: string): string {
  const date = new Date(at);
  if (date.toDateString() === new Date().toDateString()) return clockTime(at);
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' }).format(date);
}

/** A date with its year. */
export function day(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(new Date(at));
}

export function count(value: number): string {
  return new Intl.NumberFormat(locale()).format(value);
}

/** A label with its object, for example for a button that every row has. */
export function labelled(what: string, whom: string): string {
  return language.value === 'zh' ? `${what}：${whom}` : `${what}: ${whom}`;
}

/** Joins items with commas. */
export function withCommas(things: string[]): string {
  return things.join(language.value === 'zh' ? '，' : ', ');
}

/** Joins items, in English with an 'and' before the last. */
export function listed(things: string[]): string {
  return language.value === 'zh' ? withCommas(things) : new Intl.ListFormat('en-GB').format(things);
}

export function percent(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const zh = language.value === 'zh';
  if (minutes < 1) return zh ? `${String(Math.round(seconds))} 秒` : `${String(Math.round(seconds))} s`;
  if (minutes < 60) return zh ? `${String(minutes)} 分钟` : `${String(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return zh ? `${String(hours)} 小时 ${String(rest)} 分钟` : `${String(hours)} h ${String(rest)} min`;
}

/** To the second, with the time zone. */
export function exactTime(at: string): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(at));
}

const spans: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago it was; a time in the future, according to the server's clock, counts as now. */
export function timeAgo(at: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - new Date(at).getTime()) / 1_000));
  const [unit, length] = spans.find(([, length]) => seconds >= length) ?? ['second', 1];
  const amount = unit === 'second' ? 0 : Math.floor(seconds / length);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(-amount, unit);
}
