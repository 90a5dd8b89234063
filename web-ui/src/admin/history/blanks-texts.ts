import { texts } from '../../shared/language';

export const blanksTexts = texts(
  {
    stood: 'What stood in the brackets',
    adds: (all: string, matched: string, inDrafts: string, left: string) =>
      `Of ${all} messages of agents, ${matched} say the same as a reply, ${inDrafts} are in drafts, and ${left} are left out above.`,
    stopping: 'Stopping, and deleting what was read…',
  },
  {
    stood: '方括号处原来的内容',
    adds: (all, matched, inDrafts, left) =>
      `客服的 ${all} 条消息中，${matched} 条与现有回复相同，${inDrafts} 条归入草稿，${left} 条未导入（见上表）。`,
    stopping: '正在停止，并删除已读取的内容…',
  },
);

/** Why messages of agents became no draft. */
export const unusedTexts = texts(
  {
    'written-once': 'messages of agents that nobody wrote twice',
    'says-nothing': 'messages of agents with nothing but names and numbers',
    'too-many-drafts': 'messages of agents beyond the 500 drafts that were used most',
  },
  {
    'written-once': '只写过一次的客服消息',
    'says-nothing': '只有姓名和数字的客服消息',
    'too-many-drafts': '最常用的 500 个草稿以外的客服消息',
  },
);
