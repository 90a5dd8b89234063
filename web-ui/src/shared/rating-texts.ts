import { messages } from './messages';

export const ratingTexts = messages<'rating/rating'>(
  import.meta.glob('../messages/*/rating/rating.json', { import: 'default' }),
);

export const scores = [1, 2, 3, 4, 5] as const;

/** A score in a word. */
export function scoreWord(score: number): string {
  const t = ratingTexts();
  return [t.score1, t.score2, t.score3, t.score4, t.score5][score - 1] ?? String(score);
}
