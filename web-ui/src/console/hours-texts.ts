import { texts } from '../shared/language';

export const hoursTexts = texts(
  {
    outsideHours: 'Written outside hours',
  },
  {
    outsideHours: '非服务时间留言',
  },
);
