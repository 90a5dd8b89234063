import { texts } from '../../shared/language';

export const erasedImportsTexts = texts(
  {
    foundNone: (imports: number) =>
      `No imported conversation names the customer’s mail address (${imports === 1 ? 'one import' : `${String(imports)} imports`} searched).`,
    found: (imports: number) =>
      `Imported conversations were found by the customer’s mail address (${imports === 1 ? 'one import' : `${String(imports)} imports`} searched).`,
    notSearched:
      'It is not known whether imported conversations are of this customer: no website has vouched for a mail address. Whoever is known there by an id is deleted under History.',
    underWay: (imports: number) =>
      imports === 1
        ? 'One import was being read and was not searched: look for the customer there once it is done.'
        : `${String(imports)} imports were being read and were not searched: look for the customer there once they are done.`,
    reach:
      'Imported conversations go with a customer if their file names the mail address that a website has vouched for. Those that know the customer by an id or another address cannot be told from those of others: delete them under History.',
    open: 'History',
  },
  {
    foundNone: (imports) => `已在 ${String(imports)} 次导入中查找该客户的邮箱地址，没有找到导入的对话。`,
    found: (imports) => `已在 ${String(imports)} 次导入中按该客户的邮箱地址找到导入的对话。`,
    notSearched:
      '无法得知是否有此客户的导入对话：没有网站为其邮箱地址作证。如其在别处只有编号，请在“历史对话”中删除。',
    underWay: (imports) => `当时有 ${String(imports)} 次导入正在读取，未作查找：完成后请在其中查找此客户。`,
    reach:
      '如果导入文件中有网站验证过的客户邮箱地址，这些对话会随客户一并删除。只有编号或其他地址的对话无法与他人的区分：请在“历史对话”中删除。',
    open: '历史对话',
  },
);

/** What went with a customer beside what was here. */
export const erasedImportKinds = texts(
  {
    'imported-conversations': 'imported conversations',
    'imported-examples': 'examples of imported files',
    'history-examples': 'examples of imported history',
  },
  {
    'imported-conversations': '导入的对话',
    'imported-examples': '导入文件的样本',
    'history-examples': '导入历史的样本',
  },
);
