import { messages } from '../shared/messages';

export const queueTexts = messages<'widget/queue'>(
  import.meta.glob('../messages/*/widget/queue.json', { import: 'default' }),
);

/** Where the customer stands, in a line. */
export function placeInWords({ position, waitSeconds }: { position?: number; waitSeconds?: number }): string {
  const t = queueTexts();
  if (position === undefined) return '';
  const place = position === 1 ? t.next : t.place({ position });
  if (waitSeconds === undefined) return place;
  return t.both({
    place,
    wait: waitSeconds >= 3_600 ? t.hours : t.minutes({ minutes: Math.ceil(waitSeconds / 60) }),
  });
}
