import { texts } from '../../shared/language';

export const originTexts = texts(
  {
    taughtByHistory: (examples: string, share: string) =>
      `${examples} of the examples to learn from are imported history (${share})`,
    taughtByFiles: (examples: string, share: string) =>
      `${examples} of the examples to learn from are from imported files (${share})`,
  },
  {
    taughtByHistory: (examples, share) => `用于学习的样本中有 ${examples} 条来自导入的历史对话（${share}）`,
    taughtByFiles: (examples, share) => `用于学习的样本中有 ${examples} 条来自导入的文件（${share}）`,
  },
);
