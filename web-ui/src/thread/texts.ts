import { texts } from '../shared/language';

export const threadTexts = texts(
  {
    messages: 'Messages',
    newMessages: 'New messages',
    toEnd: 'To the newest message',
  },
  {
    messages: '消息',
    newMessages: '有新消息',
    toEnd: '回到最新消息',
  },
);
