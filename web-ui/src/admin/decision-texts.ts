import { texts } from '../shared/language';

export const decisionTexts = texts(
  {
    title: 'How answers came about',
    newest: (answers: string) => `The newest ${answers} answers.`,
    suggestion: 'From a suggestion',
    canned: 'By a shortcode',
    search: 'From a search',
    own: 'Typed',
    unknown: 'Older, not known',
    medianTime: 'Median time from suggestion to click',
    medianEdit: 'Median change to a suggestion',
    characters: (number: string) => `${number} characters`,
    ownMatched: 'Typed, but a reply after all',
    positionsTitle: 'Suggestions by their place',
    positionsHint:
      'Agents read from the top, so the first place is used more often than its reply deserves. If they looked at all places as surely as at the first, the last column is what would be used.',
    place: 'Place',
    shown: 'Shown',
    used: 'Used',
    acceptance: 'Share',
    looked: 'Looked at',
    corrected: 'Corrected share',
    notMeasured: 'not measured',
    between: (low: string, high: string) => `${low} to ${high}`,
    shuffleOff:
      'How surely agents look at each place is not measured. To measure it, show a few suggestions in a random order: set replyloop.suggestion.shuffle to 0.05, say.',
    shuffleOn: (share: string, used: string) =>
      `Every question has a chance of ${share} to get its suggestions in a random order. Of these, ${used} were used.`,
    shuffleMissing: (missing: string, place: string) =>
      `Least is known of place ${place}: ${missing} more have to be used there, or at the first place in its stead, before every place is corrected for.`,
    noneShown: 'No suggestions have been on a screen yet.',
  },
  {
    title: '回复从何而来',
    newest: (answers) => `最近 ${answers} 条回复。`,
    suggestion: '来自建议',
    canned: '通过快捷码',
    search: '来自搜索',
    own: '自己输入',
    unknown: '较早，来源不明',
    medianTime: '从看到建议到点击的时间（中位数）',
    medianEdit: '对建议的修改（中位数）',
    characters: (number) => `${number} 个字符`,
    ownMatched: '自己输入，实为已有回复',
    positionsTitle: '各位置的建议',
    positionsHint:
      '客服从上往下看，所以第一位的使用率高于其回复应得的水平。最后一列是：假如各位置都像第一位那样被看到，使用率会是多少。',
    place: '位置',
    shown: '显示',
    used: '使用',
    acceptance: '比例',
    looked: '被看到',
    corrected: '校正后比例',
    notMeasured: '未测量',
    between: (low, high) => `${low} 至 ${high}`,
    shuffleOff:
      '尚未测量客服查看各位置的可能性。如需测量，可让少量问题的建议随机排序：例如将 replyloop.suggestion.shuffle 设为 0.05。',
    shuffleOn: (share, used) => `每个问题有 ${share} 的机会以随机顺序显示建议。其中已使用 ${used} 条。`,
    shuffleMissing: (missing, place) =>
      `第 ${place} 位所知最少：还需在该位置，或在同一问题的第一位使用 ${missing} 条，才能校正每个位置。`,
    noneShown: '还没有建议显示过。',
  },
);
