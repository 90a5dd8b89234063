import { texts } from '../shared/language';

export const siteTexts = texts(
  {
    ratingAsked: 'Ask customers how it was when a conversation is resolved',
  },
  {
    ratingAsked: '对话解决后邀请客户评价',
  },
);
