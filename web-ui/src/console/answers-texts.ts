import { texts } from '../shared/language';

export const answersTexts = texts(
  {
    answers: 'Asked before the chat',
    name: 'Name',
    email: 'E-mail address',
    agreed: 'Agreed',
  },
  {
    answers: '咨询前填写',
    name: '姓名',
    email: '电子邮箱',
    agreed: '已同意',
  },
);
