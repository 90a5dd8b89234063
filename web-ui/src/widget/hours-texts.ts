import { language, texts } from '../shared/language';

export const hoursTexts = texts(
  {
    backToday: (time: string) => `We are back today at ${time}`,
    backTomorrow: (time: string) => `We are back tomorrow at ${time}`,
    backOn: (day: string, time: string) => `We are back on ${day} at ${time}`,
    closed: 'We are not here right now',
    offline:
      'We are not here right now. Write anyway: we read it when we are back, and the answer comes here.',
    usually60: 'Usually replies within a minute',
    usually300: 'Usually replies within 5 minutes',
    usually900: 'Usually replies within 15 minutes',
    usually1800: 'Usually replies within half an hour',
    usually3600: 'Usually replies within an hour',
    usually14400: 'Usually replies within a few hours',
    usually86400: 'Usually replies within a day',
  },
  {
    backToday: (time) => `我们今天 ${time} 恢复服务`,
    backTomorrow: (time) => `我们明天 ${time} 恢复服务`,
    backOn: (day, time) => `我们${day} ${time} 恢复服务`,
    closed: '现在是非服务时间',
    offline: '现在是非服务时间。您可以先留言，我们上班后会查看，并在这里回复。',
    usually60: '通常 1 分钟内回复',
    usually300: '通常 5 分钟内回复',
    usually900: '通常 15 分钟内回复',
    usually1800: '通常半小时内回复',
    usually3600: '通常 1 小时内回复',
    usually14400: '通常几小时内回复',
    usually86400: '通常一天内回复',
  },
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
  const locale = language.value === 'zh' ? 'zh-CN' : 'en-GB';
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(at);
  // By calendar, since a day of the clock change is longer or shorter.
  const noon = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  const days = Math.round((noon(at) - noon(now)) / 86_400_000);
  if (days <= 0) return t.backToday(time);
  if (days === 1) return t.backTomorrow(time);
  const day = new Intl.DateTimeFormat(
    locale,
    days < 7 ? { weekday: 'long' } : { weekday: 'long', day: 'numeric', month: 'long' },
  ).format(at);
  return t.backOn(day, time);
}
