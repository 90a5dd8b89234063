import { texts } from '../../shared/language';

export const fillInTexts = texts(
  {
    title: 'What stood in the brackets',
    hint: 'In the messages that this draft was made of, the newest 600 at most. Personal data is masked and not among them.',
    once: 'once',
    times: (number: string) => `${number} times`,
    last: (day: string) => `last ${day}`,
    newest: 'newest',
    nothing: 'nothing that could be filled in',
    fill: (placeholder: string, value: string) => `${placeholder}: fill in ${value}`,
    fillNewest: 'Fill in the newest everywhere',
    fillMost: 'Fill in the most frequent everywhere',
    notFilledIn: (word: string) =>
      `“${word}” still stands in the text, and customers would read it. Fill it in first, or publish it all the same.`,
    backToText: 'Back to the text',
    publishAnyway: 'Publish all the same',
  },
  {
    title: '方括号处原来的内容',
    hint: '来自构成此草稿的消息，最多为最近的 600 条。个人信息已遮盖，不在其中。',
    once: '1 次',
    times: (number) => `${number} 次`,
    last: (day) => `最近一次 ${day}`,
    newest: '最新',
    nothing: '没有可填写的内容',
    fill: (placeholder, value) => `${placeholder}：填入 ${value}`,
    fillNewest: '全部填入最新的',
    fillMost: '全部填入最常用的',
    notFilledIn: (word) => `内容中仍有“${word}”，客户会看到它。请先填写，或仍然发布。`,
    backToText: '返回编辑',
    publishAnyway: '仍然发布',
  },
);
