import { texts } from '../../shared/language';

export const satisfactionTexts = texts(
  {
    satisfaction: 'Satisfaction',
    none: 'No conversation that was resolved in this period has been rated.',
    found: (share: string, ratings: string, mean: string) =>
      `${share} of ${ratings} ratings are good or very good; the mean is ${mean} of 5.`,
    few: 'These are few ratings: by chance alone, such a share can come out much higher or lower.',
    hint: 'Customers rate when a conversation is resolved. A rating counts on the day of the resolution, and for the agent who resolved. Those who are very pleased or very annoyed rate more often than others.',
    chart: 'Share of good and very good ratings over time',
    share: 'Good or very good',
    day: 'Day',
    week: 'Week from',
    agent: 'Agent',
    ratings: 'Ratings',
    satisfied: 'Good or very good (4, 5)',
    dissatisfied: 'Bad or very bad (1, 2)',
    mean: 'Mean',
    byAgent: 'Satisfaction by agent',
  },
  {
    satisfaction: '满意度',
    none: '此时段内解决的对话均无评价。',
    found: (share, ratings, mean) =>
      `${ratings} 条评价中 ${share} 为满意或很满意，平均 ${mean} 分（满分 5 分）。`,
    few: '评价数量较少，比例可能因偶然因素偏高或偏低。',
    hint: '客户在对话解决后评价。评价计入解决当日，并计入标记解决的客服。特别满意或特别不满的客户更常评价。',
    chart: '满意和很满意评价的占比变化',
    share: '满意或很满意',
    day: '日期',
    week: '周（起始日）',
    agent: '客服',
    ratings: '评价数',
    satisfied: '满意或很满意（4、5 分）',
    dissatisfied: '不满意或很不满意（1、2 分）',
    mean: '平均分',
    byAgent: '按客服统计的满意度',
  },
);
