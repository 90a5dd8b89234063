import { parseCron } from './cron';

/** The schedules that can be put together without knowing cron; times as `HH:MM`. */
export type Frequency =
  | { kind: 'daily'; time: string }
  | { kind: 'weekdays'; time: string }
  | { kind: 'chosen'; days: number[]; time: string }
  | { kind: 'weekly'; day: number; time: string }
  | { kind: 'monthly'; day: number; time: string }
  | { kind: 'hours'; every: number; minute: number };

export type FrequencyKind = Frequency['kind'];

/** Numbers of hours that divide a day, so that the distance over midnight is the same. */
export const hoursApart = [1, 2, 3, 4, 6, 8, 12];

export function toCron(frequency: Frequency): string {
  if (frequency.kind === 'hours') {
    const { every, minute } = frequency;
    return `${String(minute)} ${every === 1 ? '*' : `*/${String(every)}`} * * *`;
  }
  const [hour = 0, minute = 0] = frequency.time.split(':').map(Number);
  const at = `${String(minute)} ${String(hour)}`;
  switch (frequency.kind) {
    case 'daily':
      return `${at} * * *`;
    case 'weekdays':
      return `${at} * * 1-5`;
    case 'chosen':
      return `${at} * * ${[...frequency.days].sort((one, other) => one - other).join(',')}`;
    case 'weekly':
      return `${at} * * ${String(frequency.day)}`;
    case 'monthly':
      return `${at} ${String(frequency.day)} * *`;
  }
}

/** Nothing for an expression that is more than one of these. */
export function fromCron(cron: string): Frequency | undefined {
  const times = parseCron(cron);
  if (!times || times.months.length < 12 || times.minutes.length > 1) return undefined;
  const { minutes, hours, days, weekdays } = times;
  const [minute = 0] = minutes;
  const everyDay = days.length === 31;
  const anyWeekday = weekdays.length === 7;
  if (hours.length > 1) {
    const every = hoursApart.find((step) => hours.join() === everyHours(step).join());
    return every && everyDay && anyWeekday ? { kind: 'hours', every, minute } : undefined;
  }
  const time = `${two(hours[0] ?? 0)}:${two(minute)}`;
  if (!everyDay) {
    const [day = 1] = days;
    return days.length === 1 && anyWeekday ? { kind: 'monthly', day, time } : undefined;
  }
  if (anyWeekday) return { kind: 'daily', time };
  if (weekdays.join() === '1,2,3,4,5') return { kind: 'weekdays', time };
  const [day = 0] = weekdays;
  return weekdays.length === 1 ? { kind: 'weekly', day, time } : { kind: 'chosen', days: weekdays, time };
}

/** As much of one as the other kind has a place for. */
export function changed(frequency: Frequency, kind: FrequencyKind): Frequency {
  const time = 'time' in frequency ? frequency.time : '03:00';
  switch (kind) {
    case 'daily':
    case 'weekdays':
      return { kind, time };
    case 'chosen':
      return {
        kind,
        time,
        days: 'day' in frequency && frequency.kind === 'weekly' ? [frequency.day] : [1, 3, 5],
      };
    case 'weekly':
      return { kind, time, day: 1 };
    case 'monthly':
      return { kind, time, day: 1 };
    case 'hours':
      return { kind, every: 6, minute: 0 };
  }
}

function everyHours(step: number): number[] {
  return Array.from({ length: 24 / step }, (_, index) => index * step);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
