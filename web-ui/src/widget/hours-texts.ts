import { locale } from '../shared/language';
import { messages } from '../shared/messages';

export const hoursTexts = messages<'widget/hours'>(
  import.meta.glob('../messages/*/widget/hours.json', { import: 'default' }),
);

/** In words, up to what the server says; undefined for what a newer server may say. */
export function usually(seconds: number | undefined): string | undefined {
  const t = hoursTexts();
  const said = new Map([
    [60, t.usually60],
    [300, t.usually300],
    [900, t.usually900],
    [1_800, t.usually1800],
    [3_600, t.usually3600],
    [14_400, t.usually14400],
    [86_400, t.usually86400],
  ]);
  return seconds === undefined ? undefined : said.get(seconds);
}

/** When somebody is there again, by the customer's own clock and calendar. */
export function backAt(opensAt: string, now = new Date()): string {
  const t = hoursTexts();
  const at = new Date(opensAt);
  const time = new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit' }).format(at);
  // By calendar, since a day of the clock change is longer or shorter.
  const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((noon(at) - noon(now)) / 86_400_000);
  if (days <= 0) return t.backToday({ time });
  if (days === 1) return t.backTomorrow({ time });
  const day = new Intl.DateTimeFormat(
    locale(),
    days < 7 ? { weekday: 'long' } : { weekday: 'long', day: 'numeric', month: 'long' },
  ).format(at);
  return t.backOn({ day, time });
}
