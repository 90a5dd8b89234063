import { texts } from './language';

export const ratingTexts = texts(
  {
    question: 'How was this conversation?',
    score1: 'Very bad',
    score2: 'Bad',
    score3: 'So-so',
    score4: 'Good',
    score5: 'Very good',
    outOf: (score: number, word: string) => `${String(score)} of 5: ${word}`,
    comment: 'Anything you want to add? (optional)',
    send: 'Send rating',
    sending: 'Sending…',
    notNow: 'Not now',
    thanks: (word: string) => `Thank you. You said: ${word}`,
    change: 'Change my rating',
    rated: (rating: string) => `The customer’s rating: ${rating}`,
    rating: 'Rating',
  },
  {
    question: '您对本次对话满意吗？',
    score1: '很不满意',
    score2: '不满意',
    score3: '一般',
    score4: '满意',
    score5: '很满意',
    outOf: (score, word) => `${String(score)} 分（满分 5 分）：${word}`,
    comment: '还有什么想说的吗？（选填）',
    send: '提交评价',
    sending: '正在提交…',
    notNow: '以后再说',
    thanks: (word) => `谢谢！您的评价：${word}`,
    change: '修改评价',
    rated: (rating) => `客户评价：${rating}`,
    rating: '评价',
  },
);

export const scores = [1, 2, 3, 4, 5] as const;

/** A score in a word. */
export function scoreWord(score: number): string {
  const t = ratingTexts();
  return [t.score1, t.score2, t.score3, t.score4, t.score5][score - 1] ?? String(score);
}
