import { language } from '../../shared/language';
import { trainingTexts } from './training-texts';

/** The common schedules in plain words, nothing for what is no expression; the server decides what is valid and when it fires next. */
export function cronInWords(cron: string): string | undefined {
  const t = trainingTexts();
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...rest] = cron.trim().split(/\s+/);
  const whole = (field: string) => /^\d{1,2}$/.test(field);
  const beyond = (field: string, most: number) => whole(field) && Number(field) > most;
  if (!weekday || rest.length > 0 || beyond(minute, 59) || beyond(hour, 23) || beyond(day, 31))
    return undefined;
  if (!whole(minute) || month !== '*') return t.ownCron;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (hour === '*' && day === '*' && weekday === '*') return t.hourly(minute);
  if (!whole(hour)) return t.ownCron;
  if (day === '*' && weekday === '*') return t.daily(time);
  if (day === '*' && /^[0-7](?:,[0-7])*$/.test(weekday)) return t.weekly(dayNames(weekday.split(',')), time);
  if (whole(day) && weekday === '*') return t.monthly(day, time);
  return t.ownCron;
}

function dayNames(days: string[]): string {
  const names = new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    weekday: 'long',
    timeZone: 'UTC',
  });
  // 4 January 1970 was a Sunday, the 0 (and the 7) of cron.
  const named = days.map((day) => names.format(new Date(Date.UTC(1970, 0, 4 + (Number(day) % 7)))));
  return new Intl.ListFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB').format(named);
}
