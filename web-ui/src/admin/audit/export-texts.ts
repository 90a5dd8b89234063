import { texts } from '../../shared/language';

/** What exports say of themselves: tables and filters, by their names on the wire. */
export const exportTexts = texts(
  { days: (from: string, to: string) => `${from} to ${to}` },
  { days: (from, to) => `${from} 至 ${to}` },
);

export const exportFieldTexts = texts(
  { category: 'Category', agent: 'Agent' },
  { category: '类别', agent: '客服' },
);

export const exportLanguageTexts = texts(
  { zh: 'Chinese', other: 'other languages' },
  { zh: '中文', other: '其他语言' },
);

export const exportTableTexts = texts(
  {
    'over-time': 'Taking suggestions, over time',
    replies: 'By reply',
    'unused-replies': 'Replies that nobody used',
    categories: 'By category',
    agents: 'By agent',
    models: 'By model',
    responses: 'Time to answer',
    'responses-over-time': 'Time to answer, over time',
    learning: 'What learning brought',
  },
  {
    'over-time': '建议的采用（随时间）',
    replies: '按回复',
    'unused-replies': '无人使用的回复',
    categories: '按类别',
    agents: '按客服',
    models: '按模型',
    responses: '回答时间',
    'responses-over-time': '回答时间（随时间）',
    learning: '学习带来了什么',
  },
);
