import { texts } from '../../shared/language';

export const unansweredTexts = texts(
  {
    total: (questions: string, groups: string, days: string, one: boolean, oneGroup: boolean) =>
      `${questions} ${one ? 'question' : 'questions'} in ${groups} ${oneGroup ? 'group' : 'groups'} in the last ${days} days`,
    explained:
      'What customers asked when no reply fitted: nothing was suggested, everything suggested was rejected, or the agent wrote something else. Questions of one meaning are together, in both languages; what came often and lately is first. Personal data is masked.',
    cut: (most: string) => `Only the newest ${most} of these questions are looked at; there are more.`,
    byWords:
      'This server has no encoder that tells what texts mean, so only questions of the same words are together.',
    reading: (done: string, all: string) => `Reading the questions: ${done} of ${all}…`,
    readingSome: 'Reading the questions…',
    grouping: 'Putting the questions into groups…',
    comparing: (done: string, all: string) =>
      `Looking at what the knowledge base answers by now: ${done} of ${all} groups…`,
    refreshing: 'This is being brought up to date.',
    asOf: (time: string) => `As of ${time}.`,
    nothingAsked: 'Nobody has asked anything yet',
    nothingAskedText: (days: string) =>
      `No customer has written in the last ${days} days. Once they do, the questions that no reply fits gather here, and each group is one click from a new reply.`,
    putChat: 'Put the chat on your website',
    allAnswered: 'Nothing is open',
    allAnsweredText: (days: string) =>
      `For everything that customers asked in the last ${days} days there is a reply, or a decision of yours. New questions appear here by themselves.`,
    questions: (number: string, one: boolean) => `${number} ${one ? 'question' : 'questions'}`,
    newest: (time: string) => `newest ${time}`,
    examples: 'Questions',
    showAll: (number: string) => `Show all ${number} questions`,
    showFewer: 'Show fewer',
    written: 'What agents wrote',
    nothingWritten: 'No agent has answered these yet.',
    writeReply: 'Write a reply',
    openDraft: 'Open the draft',
    drafted: (title: string) =>
      `A draft is being written: “${title}”. The group leaves once it is published.`,
    notEnough: (title: string) =>
      `“${title}” was published for these questions, and many more have come since that it did not answer.`,
    setAsideBefore: (reason: string, time: string) =>
      `Set aside on ${time} (“${reason}”), and markedly more have come since.`,
    setAside: 'Not for the knowledge base…',
    setAsideTitle: 'Not for the knowledge base?',
    setAsideText: (number: string, one: boolean) =>
      `The group is shown no longer. It comes back by itself when ${number} more ${one ? 'question' : 'questions'} of this meaning have come, and you can take the decision back at any time.`,
    reason: 'Why',
    reasonHint: 'For your colleagues.',
    putAside: 'Set aside',
    areSetAside: (number: string) => `Set aside (${number})`,
    nothingSetAside: 'Nothing is set aside.',
    setAsideOn: (time: string, questions: string) => `${time}, ${questions}`,
    takeBack: 'Show it again',
  },
  {
    total: (questions, groups, days) => `最近 ${days} 天：${questions} 个问题，共 ${groups} 组`,
    explained:
      '没有合适回复的客户提问：没有建议、所有建议都被拒绝，或客服另外写了答复。含义相同的问题归为一组，中英文合并；出现得多且近的排在前面。个人信息已遮盖。',
    cut: (most) => `仅查看最近的 ${most} 个问题，更早的未列入。`,
    byWords: '此服务器没有识别文本含义的编码器，因此只有文字相同的问题才会归为一组。',
    reading: (done, all) => `正在读取问题：${done} / ${all}…`,
    readingSome: '正在读取问题…',
    grouping: '正在归组…',
    comparing: (done, all) => `正在核对知识库现在能回答哪些：${done} / ${all} 组…`,
    refreshing: '正在更新。',
    asOf: (time) => `截至 ${time}。`,
    nothingAsked: '还没有人提问',
    nothingAskedText: (days) =>
      `最近 ${days} 天没有客户来信。有了提问之后，没有合适回复的问题会汇集在这里，每一组只需点一下即可写成新回复。`,
    putChat: '把聊天放到您的网站上',
    allAnswered: '没有待处理的问题',
    allAnsweredText: (days) =>
      `最近 ${days} 天客户提出的问题都已有回复，或您已作出决定。新的问题会自动出现在这里。`,
    questions: (number) => `${number} 个问题`,
    newest: (time) => `最近一次 ${time}`,
    examples: '问题',
    showAll: (number) => `显示全部 ${number} 个问题`,
    showFewer: '收起',
    written: '客服的答复',
    nothingWritten: '还没有客服回答过这些问题。',
    writeReply: '写成回复',
    openDraft: '打开草稿',
    drafted: (title) => `已有草稿：“${title}”。发布后，此组会离开列表。`,
    notEnough: (title) => `已为这些问题发布“${title}”，但之后又出现了许多它未能回答的问题。`,
    setAsideBefore: (reason, time) => `曾于 ${time} 搁置（“${reason}”），之后同类问题明显增多。`,
    setAside: '不收入知识库…',
    setAsideTitle: '不收入知识库？',
    setAsideText: (number) =>
      `此组将不再显示。如果再出现 ${number} 个含义相同的问题，它会自动回到列表；您也可以随时撤销。`,
    reason: '原因',
    reasonHint: '供同事了解。',
    putAside: '搁置',
    areSetAside: (number) => `已搁置（${number}）`,
    nothingSetAside: '没有搁置的组。',
    setAsideOn: (time, questions) => `${time}，${questions}`,
    takeBack: '重新显示',
  },
);
