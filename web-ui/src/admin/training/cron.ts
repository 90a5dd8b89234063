import { language, listed, sentences } from '../../shared/language';
import { messages } from '../../shared/messages';

/** What each field of an expression allows, in ascending order. */
export interface CronTimes {
  minutes: number[];
  hours: number[];
  days: number[];
  months: number[];
  /** From Sunday, which is 0, to Saturday. */
  weekdays: number[];
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const allWeekdays = 7;

/** What it allows; nothing for what is no expression of five fields. The server decides what is valid. */
export function parseCron(cron: string): CronTimes | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron.trim().split(/\s+/);
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const days = numbers(day, 1, 31);
  const months = numbers(month, 1, 12, monthNames, 1);
  const weekdays = numbers(weekday, 0, 7, weekdayNames, 0);
  if (!minutes || !hours || !days || !months || !weekdays || rest.length > 0) return undefined;
  // Sunday is 0 and 7.
  const once = [...new Set(weekdays.map((number) => number % allWeekdays))].sort((one, other) => one - other);
  return { minutes, hours, days, months, weekdays: once };
}

function numbers(
  field: string,
  least: number,
  most: number,
  names: string[] = [],
  first = 0,
): number[] | undefined {
  const allowed = new Set<number>();
  for (const part of field.split(',')) {
    const [range = '', stepText, ...more] = part.split('/');
    const step = stepText === undefined ? 1 : whole(stepText);
    const ends = range === '*' ? [least, most] : range.split('-').map((end) => number(end, names, first));
    const [from, to = stepText === undefined ? from : most] = ends;
    if (more.length > 0 || ends.length > 2 || !step || from === undefined || to === undefined)
      return undefined;
    if (Number.isNaN(from) || Number.isNaN(to) || from < least || to > most || from > to) return undefined;
    for (let each = from; each <= to; each += step) allowed.add(each);
  }
  return [...allowed].sort((one, other) => one - other);
}

function number(text: string, names: string[], first: number): number {
  const named = names.indexOf(text.toLowerCase());
  return named >= 0 ? named + first : (whole(text) ?? NaN);
}

function whole(text: string): number | undefined {
  return /^\d{1,2}$/.test(text) ? Number(text) : undefined;
}

const words = messages<'admin/training-words'>(
  import.meta.glob('../../messages/*/admin/training-words.json', { import: 'default' }),
);

/** More times of day than these are told as a rule and not one by one. */
const timesTold = 4;

/** An expression in words, such as 'every weekday at 02:00'; nothing for what is none. */
export function cronInWords(cron: string): string | undefined {
  const times = parseCron(cron);
  if (!times) return undefined;
  const t = words();
  const zh = language.value === 'zh';
  const when = timesInWords(times);
  const days = daysInWords(times);
  const months =
    times.months.length === 12 ? undefined : t.months({ names: ranges(times.months, monthName) });
  // Every five minutes is so on every day.
  const told = days === t.everyDay && /^(every|每|从)/.test(when) ? undefined : days;
  return zh ? [months, told, when].filter(Boolean).join(' ') : sentences(told, when, months);
}

function timesInWords({ minutes, hours }: CronTimes): string {
  const t = words();
  const first = minutes[0] ?? 0;
  if (hours.length === 24 && minutes.length === 60) return t.always;
  const step = evenly(minutes, 60);
  if (hours.length === 24 && step && first === 0) return t.everyMinutes({ every: step });
  if (hours.length === 24 && minutes.length === 1) return t.hourly({ minute: first });
  if (minutes.length * hours.length <= timesTold)
    return t.at({ times: listed(hours.flatMap((hour) => minutes.map((minute) => clock(hour, minute)))) });
  const apart = evenly(hours, 24);
  if (apart && minutes.length === 1)
    return t.everyHours({ every: apart, first: clock(hours[0] ?? 0, first) });
  return t.inHours({ minutes: ranges(minutes, String), hours: ranges(hours, String) });
}

function daysInWords({ days, weekdays }: CronTimes): string {
  const t = words();
  const ofWeek = weekdays.length === allWeekdays ? undefined : weekdaysInWords(weekdays);
  const ofMonth = days.length === 31 ? undefined : t.daysOfMonth({ days: ranges(days, String) });
  // As cron has it, either of them is enough where both are named.
  if (ofWeek && ofMonth) return t.either({ one: ofMonth, other: ofWeek });
  return ofWeek ?? ofMonth ?? t.everyDay;
}

function weekdaysInWords(weekdays: number[]): string {
  const t = words();
  if (weekdays.join() === '1,2,3,4,5') return t.weekdays;
  if (weekdays.join() === '0,6') return t.weekend;
  // The week begins on Monday.
  const fromMonday = [...weekdays].sort((one, other) => ((one + 6) % 7) - ((other + 6) % 7));
  const named = fromMonday.map((weekday) => weekdayName(weekday));
  return t.on({ days: language.value === 'zh' ? named.join('、') : listed(named) });
}

/** Of so many, the distance between them where that is the same all around; nothing for a single one. */
function evenly(times: number[], of: number): number | undefined {
  const [first = 0, second] = times;
  if (second === undefined) return undefined;
  const step = second - first;
  const even = of % step === 0 && first < step && times.length === of / step;
  return even && times.every((time, index) => time === first + index * step) ? step : undefined;
}

/** Numbers with those that follow each other drawn together. */
function ranges(all: number[], name: (one: number) => string): string {
  const t = words();
  const parts: string[] = [];
  for (let i = 0; i < all.length; i++) {
    const from = all[i] ?? 0;
    let to = from;
    while (all[i + 1] === to + 1) to = all[++i] ?? to;
    if (to - from >= 2) parts.push(t.to({ from: name(from), to: name(to) }));
    else parts.push(...(to > from ? [name(from), name(to)] : [name(from)]));
  }
  return language.value === 'zh' ? parts.join('、') : listed(parts);
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB');

/** @param width `short` for what stands in a row of boxes */
export function weekdayName(weekday: number, width: 'long' | 'short' = 'long'): string {
  // 4 January 1970 was a Sunday.
  return new Intl.DateTimeFormat(locale(), {
    weekday: width === 'short' || language.value === 'zh' ? 'short' : 'long',
    timeZone: 'UTC',
  }).format(new Date(Date.UTC(1970, 0, 4 + (weekday % allWeekdays))));
}

function monthName(month: number): string {
  return new Intl.DateTimeFormat(locale(), { month: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, month - 1, 1)),
  );
}
