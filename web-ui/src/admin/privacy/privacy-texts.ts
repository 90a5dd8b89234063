import { texts } from '../../shared/language';

export const privacyTexts = texts(
  {
    retention: 'How long conversations are kept',
    retentionHint:
      'After so many days without anything new a conversation is erased with its customer and all that was learned from it, for good. Imported conversations count from their beginning. Empty: they are kept.',
    resolvedAfter: 'Resolved conversations, days',
    openAfter: 'Open conversations, days',
    importedAfter: 'Imported conversations, days',
    preview: 'How many would that be?',
    due: (customers: number, imported: number) =>
      [
        customers > 0 && (customers === 1 ? 'one customer' : `${String(customers)} customers`),
        imported > 0 &&
          (imported === 1 ? 'one imported conversation' : `${String(imported)} imported conversations`),
      ]
        .filter(Boolean)
        .join(', '),
    wouldErase: (due: string) => (due ? `Would be erased now: ${due}.` : 'Nothing would be erased now.'),
    sure: (due: string) =>
      `This will be erased within minutes, for good: ${due}. What was learned from it goes as well, drafts that nobody has published included; published replies stay. Save all the same?`,
    save: 'Save',
    saveAndErase: 'Save and erase',
    cancel: 'Cancel',
    saved: 'Saved.',
    erasures: 'What was erased',
    erasuresHint:
      'A customer is erased from the console, where the conversation is open. This list is the proof; it names no customer. Imported conversations that were deleted by themselves are in the audit log.',
    nothingErased: 'Nobody has been erased.',
    byAdmin: 'by an admin',
    byName: (name: string) => `by ${name}`,
    byRetention: 'after the time that conversations are kept',
    customer: (end: string) => `Customer …${end}`,
    more: 'Load more',
    marked: (snapshots: number) =>
      snapshots === 1 ? 'one snapshot is marked' : `${String(snapshots)} snapshots are marked`,
    models: (numbers: string) => `learned from by model ${numbers}`,
    number: (kind: string, number: string) => `${kind}: ${number}`,
    kinds: (kind: string) =>
      (
        ({
          conversations: 'conversations',
          customers: 'customers',
          decisions: 'decisions',
          examples: 'examples',
          messages: 'messages and events',
          suggestions: 'suggestions',
          attachments: 'attached files',
          'answered-questions': 'answered questions',
          'audit-details': 'names and details in the audit log',
          'flipped-cases': 'cases in verdicts',
          'frozen-examples': 'examples in snapshots',
          'shadow-suggestions': 'unseen suggestions of a model in the shadow',
        }) as Record<string, string>
      )[kind] ?? kind,
  },
  {
    retention: '对话保留多久',
    retentionHint:
      '对话在这么多天没有新内容后，会连同客户以及从中学到的一切彻底删除。导入的对话从其开始时算起。留空表示一直保留。',
    resolvedAfter: '已解决的对话（天）',
    openAfter: '未解决的对话（天）',
    importedAfter: '导入的对话（天）',
    preview: '会涉及多少？',
    due: (customers, imported) =>
      [customers > 0 && `${String(customers)} 位客户`, imported > 0 && `${String(imported)} 个导入的对话`]
        .filter(Boolean)
        .join('、'),
    wouldErase: (due) => (due ? `现在会删除：${due}。` : '现在不会删除任何内容。'),
    sure: (due) =>
      `几分钟内将彻底删除：${due}。从中学到的内容和未发布的草稿也会删除；已发布的回复会保留。仍要保存吗？`,
    save: '保存',
    saveAndErase: '保存并删除',
    cancel: '取消',
    saved: '已保存。',
    erasures: '删除记录',
    erasuresHint:
      '在工作台打开对话后可以删除客户。此列表即为凭证，其中不含客户姓名。单独删除的导入对话记录在操作日志中。',
    nothingErased: '还没有删除过任何客户。',
    byAdmin: '由管理员删除',
    byName: (name) => `由 ${name} 删除`,
    byRetention: '超过对话保留时间',
    customer: (end) => `客户 …${end}`,
    more: '加载更多',
    marked: (snapshots) => `已标记 ${String(snapshots)} 个快照`,
    models: (numbers) => `模型 ${numbers} 曾从中学习`,
    number: (kind, number) => `${kind}：${number}`,
    kinds: (kind) =>
      (
        ({
          conversations: '对话',
          customers: '客户',
          decisions: '决定',
          examples: '样本',
          messages: '消息和事件',
          suggestions: '建议',
          attachments: '附件',
          'answered-questions': '已回复的问题',
          'flipped-cases': '评估案例',
          'frozen-examples': '快照样本',
          'shadow-suggestions': '影子模型未展示的建议',
          'audit-details': '操作日志中的名称和详情',
        }) as Record<string, string>
      )[kind] ?? kind,
  },
);
