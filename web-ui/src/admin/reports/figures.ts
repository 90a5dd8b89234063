import { language } from '../../shared/language';

/** A difference of shares in points, with its sign. */
export function signedPoints(difference: number): string {
  const rounded = Math.round(difference * 100);
  return new Intl.NumberFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', { signDisplay: 'exceptZero' })
    .format(rounded)
    .replace('-', '−');
}

/** Whole points without a sign. */
export function points(difference: number): string {
  return String(Math.abs(Math.round(difference * 100)));
}

/** A waiting time as people say it. */
export function waited(seconds: number): string {
  const zh = language.value === 'zh';
  const number = (value: number) =>
    new Intl.NumberFormat(zh ? 'zh-CN' : 'en-GB', { maximumFractionDigits: value < 10 ? 1 : 0 }).format(
      value,
    );
  if (seconds < 60) return zh ? `${number(seconds)} 秒` : `${number(seconds)} s`;
  if (seconds < 3_600) return zh ? `${number(seconds / 60)} 分钟` : `${number(seconds / 60)} min`;
  return zh ? `${number(seconds / 3_600)} 小时` : `${number(seconds / 3_600)} h`;
}

export function dayName(day: string): string {
  return new Intl.DateTimeFormat(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeZone: 'UTC',
  }).format(new Date(`${day}T00:00:00Z`));
}

export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
