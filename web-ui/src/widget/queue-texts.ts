import { texts } from '../shared/language';

export const queueTexts = texts(
  {
    next: 'You are next',
    place: (position: number) => `You are number ${String(position)} in the queue`,
    minutes: (minutes: number) => (minutes === 1 ? 'usually a minute' : `usually ${String(minutes)} minutes`),
    hours: 'usually more than an hour',
    both: (place: string, wait: string) => `${place}; ${wait}`,
    handedOver: (from: string, to: string) => `${from} hands over to ${to}`,
  },
  {
    next: '您是下一位',
    place: (position) => `您当前排在第 ${String(position)} 位`,
    minutes: (minutes) => `通常需要 ${String(minutes)} 分钟`,
    hours: '通常需要一小时以上',
    both: (place, wait) => `${place}，${wait}`,
    handedOver: (from, to) => `${from} 将对话转交给 ${to}`,
  },
);

/** Where the customer stands, in a line. */
export function placeInWords({ position, waitSeconds }: { position?: number; waitSeconds?: number }): string {
  const t = queueTexts();
  if (position === undefined) return '';
  const place = position === 1 ? t.next : t.place(position);
  if (waitSeconds === undefined) return place;
  return t.both(place, waitSeconds >= 3_600 ? t.hours : t.minutes(Math.ceil(waitSeconds / 60)));
}
