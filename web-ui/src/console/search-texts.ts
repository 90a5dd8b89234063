import { texts } from '../shared/language';

export const searchTexts = texts(
  {
    search: 'Search messages and customers',
    placeholder: 'Search',
    clear: 'End the search',
    source: 'Written by',
    all: 'Everybody',
    customer: 'Customers',
    team: 'The team',
    note: 'In notes',
    period: 'When',
    anyTime: 'At any time',
    lastDays: (days: number) => (days === 365 ? 'In the last year' : `In the last ${String(days)} days`),
    customers: 'Customers',
    messages: 'Messages and notes',
    looking: 'Searching…',
    nothing: 'Nothing found.',
    nothingHint: 'All words have to be in one message. Try fewer or other words, or a longer time.',
    failed: 'The search failed.',
    retry: 'Try again',
    more: 'Show more',
    incomplete: 'Older messages are still being made searchable.',
    counted: (count: number, more: boolean) =>
      more
        ? `${String(count)} messages or more found`
        : count === 1
          ? '1 message found'
          : `${String(count)} messages found`,
    noteLabel: 'Note',
    copyLink: 'Copy link',
    linkCopied: 'Link copied',
    keySearch: 'search messages and customers',
  },
  {
    search: '搜索消息和客户',
    placeholder: '搜索',
    clear: '结束搜索',
    source: '发送者',
    all: '所有人',
    customer: '客户',
    team: '团队',
    note: '备注中',
    period: '时间',
    anyTime: '任何时间',
    lastDays: (days: number) => (days === 365 ? '最近一年' : `最近 ${String(days)} 天`),
    customers: '客户',
    messages: '消息和备注',
    looking: '正在搜索…',
    nothing: '没有找到。',
    nothingHint: '一条消息须包含所有词语。请尝试更少或其他词语，或更长的时间范围。',
    failed: '搜索失败。',
    retry: '重试',
    more: '显示更多',
    incomplete: '较早的消息仍在建立索引。',
    counted: (count: number, more: boolean) =>
      more ? `找到 ${String(count)} 条以上消息` : `找到 ${String(count)} 条消息`,
    noteLabel: '备注',
    copyLink: '复制链接',
    linkCopied: '链接已复制',
    keySearch: '搜索消息和客户',
  },
);
