import { texts } from '../../shared/language';

export const selectionTexts = texts(
  {
    bar: 'What to do with the selected examples',
    toBar: 'To what can be done with the selection',
    tooLarge:
      'This file is too large: 24 MB as it is sent, and 64 MB unpacked, are the most. Divide it; what is here already is not added again.',
    importedOn: (day: string) => `imported on ${day}`,
  },
  {
    bar: '对所选样本的操作',
    toBar: '前往对所选样本的操作',
    tooLarge: '文件过大：发送时最多 24 MB，解压后最多 64 MB。请拆分后分别导入，已有的内容不会重复添加。',
    importedOn: (day) => `导入于 ${day}`,
  },
);
