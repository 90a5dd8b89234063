import { locale } from '../../shared/language';
import type { OpeningHours, OpeningSpan } from '../rest';

export const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Day = (typeof days)[number];

export interface Span {
  from: string;
  to: string;
}

/** 1 January 2024 was a Monday. */
export function dayName(day: Day, weekday: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale(), { weekday, timeZone: 'UTC' }).format(
    Date.UTC(2024, 0, 1 + days.indexOf(day)),
  );
}

export function spansOf(weekly: OpeningSpan[], day: Day): Span[] {
  return weekly.filter((span) => span.day === day).map(({ from, to }) => ({ from, to }));
}

export function withSpans(weekly: OpeningSpan[], day: Day, spans: Span[]): OpeningSpan[] {
  return [...weekly.filter((span) => span.day !== day), ...spans.map((span) => ({ day, ...span }))];
}

export function likeMonday(weekly: OpeningSpan[]): OpeningSpan[] {
  const monday = spansOf(weekly, 'monday');
  return days.slice(1, 5).reduce((changed, day) => withSpans(changed, day, monday), weekly);
}

const inWords = (spans: Span[]) => spans.map(({ from, to }) => `${from}–${to}`).join(', ');

/** Days in a row with the same hours are told together: Mon–Fri 09:00–17:00. */
export function weekInWords({ weekly }: OpeningHours): string[] {
  const told: { first: Day; last: Day; hours: string }[] = [];
  for (const day of days) {
    const hours = inWords(spansOf(weekly, day));
    const before = told.at(-1);
    if (before?.hours === hours) before.last = day;
    else told.push({ first: day, last: day, hours });
  }
  return told
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => {
      const name = dayName(first, 'short');
      return `${first === last ? name : `${name}–${dayName(last, 'short')}`} ${hours}`;
    });
}

/** What somebody starts from who switches hours on. */
export const office: OpeningSpan[] = days.slice(0, 5).map((day) => ({ day, from: '09:00', to: '17:00' }));
