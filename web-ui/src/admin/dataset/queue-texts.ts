import { texts } from '../../shared/language';

export const queueTexts = texts(
  {
    tabs: 'What to look at',
    all: 'All examples',
    open: (name: string, number: string) => `${name} (${number})`,
    contradiction: 'Contradictions',
    'label-error': 'Likely errors',
    'near-repeat': 'Repeats',
    rejected: 'Rejected everywhere',
    'contradiction explained':
      'The same reply was said to fit and not to fit, to the same question or nearly the same. Say once what is right.',
    'label-error explained':
      'What was learned from other conversations speaks against these labels; the most certain are first. Correct the label, or say that it looks right.',
    'near-repeat explained':
      'The same long question came several times, but for numbers and punctuation, with the same reply and label. It counts each time; keep one, unless it should count more.',
    'rejected explained':
      'Agents have rejected everything that was suggested for these questions. Name the reply that fits; if there is none, write one under “Unanswered questions”.',
    allFit: 'The reply fits to all',
    noneFits: 'It fits to none',
    keepNewest: 'Keep only the newest',
    looksRight: 'Looks right',
    foundRight: 'The item has left the queue.',
    likely: (share: string) => `${share} likely to fit`,
    tooFew: (number: string, enough: string) =>
      `Too few to tell: there are only ${number} examples. With fewer than ${enough}, most of what is listed here is right; do not correct a label because of this list alone.`,
    nothingOpen: 'Nothing is open here.',
    reading: 'Reading the examples…',
    comparing: 'Comparing questions…',
    judging: 'Judging the labels…',
    neverLooked: 'The examples have not been looked through yet.',
    lookedAt: (time: string, number: string) => `${number} examples were looked through on ${time}.`,
    cut: 'Older ones were left out.',
    fresh: (number: string) => `Since then there are ${number} new examples and corrections.`,
    lookAgain: 'Look through them again',
    failed: 'The examples could not be looked through; the server’s log says why. Try again.',
    byWords:
      'This server has no encoder that tells what texts mean, so only questions of the same words are compared, and likely errors are not looked for.',
  },
  {
    tabs: '需要查看的内容',
    all: '全部样本',
    open: (name, number) => `${name}（${number}）`,
    contradiction: '相互矛盾',
    'label-error': '可能有误',
    'near-repeat': '重复',
    rejected: '全部被拒绝',
    'contradiction explained':
      '对相同或几乎相同的问题，同一条回复既被判为合适，又被判为不合适。请一次说明哪个正确。',
    'label-error explained':
      '从其他对话学到的内容与这些标签不符，把握最大的排在前面。请更正标签，或确认没有问题。',
    'near-repeat explained':
      '同一个长问题多次出现，只有数字和标点不同，回复和标签都相同。每次都会计入；如无必要，请只保留一个。',
    'rejected explained':
      '客服拒绝了对这些问题的所有建议。请指出合适的回复；如果没有，请在“未能回答的问题”中撰写。',
    allFit: '对全部都合适',
    noneFits: '对全部都不合适',
    keepNewest: '只保留最新的',
    looksRight: '没有问题',
    foundRight: '该项已移出列表。',
    likely: (share) => `合适的可能性 ${share}`,
    tooFew: (number, enough) =>
      `数量太少，无法判断：目前只有 ${number} 个样本。少于 ${enough} 个时，这里列出的大多是正确的；请不要仅凭此列表更正标签。`,
    nothingOpen: '这里没有待处理的内容。',
    reading: '正在读取样本…',
    comparing: '正在比较问题…',
    judging: '正在判断标签…',
    neverLooked: '样本尚未检查过。',
    lookedAt: (time, number) => `已于 ${time} 检查 ${number} 个样本。`,
    cut: '更早的未检查。',
    fresh: (number) => `此后新增 ${number} 个样本和更正。`,
    lookAgain: '重新检查',
    failed: '样本检查失败，原因见服务器日志。请重试。',
    byWords: '此服务器没有识别文本含义的编码器，因此只比较文字相同的问题，也不查找可能有误的标签。',
  },
);
