import { signal } from '@preact/signals';
import { facts, language, languages, locale, messages, sourceLanguage, speak } from './messages';

export { language, languages, locale, speak };

/** A language tag that has a folder of messages. */
export type Language = string;

/** A text, or a function of the values in it. */
type Text = string | ((...values: never[]) => string);
type Texts = Record<string, Text>;
/** The other language has the same names, and its functions take the same arguments. */
type Translation<T extends Texts> = { [K in keyof T]: T[K] extends string ? string : T[K] };

export const formats = messages<'shared/formats'>(
  import.meta.glob('../messages/*/shared/formats.json', { import: 'default' }),
);

const key = 'replyloop.language';

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The language of ours that is nearest to a tag: zh for zh-TW, if there is no zh-TW. */
export function supported(wanted: string | null | undefined): Language | undefined {
  const tag = wanted?.toLowerCase();
  if (!tag) return undefined;
  const near = (known: string) => tag === known.toLowerCase() || tag.startsWith(`${known.toLowerCase()}-`);
  return languages()
    .filter(near)
    .sort((a, b) => b.length - a.length)[0];
}

/** The language chosen before, otherwise that of the embedding page, otherwise the browser's. */
export async function startLanguage(asked?: string | null): Promise<void> {
  const wanted = supported(stored()) ?? supported(asked) ?? browserLanguage();
  try {
    await speak(wanted);
  } catch (problem) {
    // Better in another language than not at all.
    if (wanted === sourceLanguage) throw problem;
    await speak(sourceLanguage);
  }
}

export function browserLanguage(): Language {
  return navigator.languages.map((tag) => supported(tag)).find((known) => known) ?? sourceLanguage;
}

/** The language that somebody has chosen and whose messages cannot be loaded: the page goes on in the other and says so. */
export const notLoaded = signal<Language | undefined>(undefined);

const noticeMillis = 10_000;

export function speakIfPossible(chosen: Language): void {
  const forget = () => (notLoaded.value = undefined);
  speak(chosen).then(forget, () => {
    notLoaded.value = chosen;
    setTimeout(forget, noticeMillis);
  });
}

export function chooseLanguage(chosen: Language): void {
  try {
    localStorage.setItem(key, chosen);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
  speakIfPossible(chosen);
}

export function languageName(tag: Language): string {
  return facts(tag).name;
}

/** How the language is called in the document, for words in another language than the page's. */
export function languageTag(tag: Language): string {
  return facts(tag).tag;
}

/** Texts that have not become message files yet, in the two languages that such texts have. */
export function texts<const T extends Texts>(en: T, zh: Translation<T>): () => Translation<T> {
  return () => (language.value === 'zh' ? zh : (en as unknown as Translation<T>));
}

/** Joins sentences; Chinese punctuation includes its own space. */
export function sentences(...said: (string | undefined)[]): string {
  return said.filter(Boolean).join(formats().betweenSentences);
}

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
  return formats().labelled({ what, whom });
}

/** Joins items with commas. */
export function withCommas(things: string[]): string {
  return things.join(formats().comma);
}

/** Joins items as the language does, in English with an 'and' before the last. */
export function listed(things: string[]): string {
  return new Intl.ListFormat(locale()).format(things);
}

export function percent(value: number, digits = 0): string {
  return new Intl.NumberFormat(locale(), {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function duration(seconds: number): string {
  const t = formats();
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return t.seconds({ seconds: Math.round(seconds) });
  if (minutes < 60) return t.minutes({ minutes });
  return t.hours({ hours: Math.floor(minutes / 60), minutes: minutes % 60 });
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
