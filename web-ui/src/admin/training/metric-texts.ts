import { texts } from '../../shared/language';

/** What a figure is called, and what it says, for people who do not measure models. */
interface Explained {
  name: string;
  says: string;
}

/** What a figure is called elsewhere; our own names help nobody. */
export function elsewhere(name: string): string | undefined {
  const ours: Record<string, string | undefined> = {
    worth: 'MRR@3',
    acceptAt1: 'top-1',
    acceptAt3: 'top-3',
    calibration: 'ECE',
    silent: undefined,
    millis: undefined,
    trainedOn: undefined,
    measuredOn: undefined,
  };
  return name in ours ? ours[name] : name;
}

const english: Record<string, Explained> = {
  worth: {
    name: 'Usefulness (first 1, second ½, third ⅓)',
    says: 'What the place of the right reply on the screen is worth, on average. Higher is better.',
  },
  acceptAt1: {
    name: 'The right reply comes first',
    says: 'In how many of the questions the right reply was the first suggestion. Higher is better.',
  },
  acceptAt3: {
    name: 'The right reply is among the three',
    says: 'In how many of the questions the right reply was on the screen at all. Higher is better.',
  },
  silent: {
    name: 'Nothing is suggested',
    says: 'In how many of the questions no reply was probable enough to be shown. Lower is better, as long as what is shown is right.',
  },
  millis: {
    name: 'Time per question',
    says: 'How long the model takes to judge all replies to one question. Lower is better.',
  },
  calibration: {
    name: 'Error of the stated probability',
    says: 'How far the stated probabilities are from how often replies really fit. Lower is better.',
  },
  ece: {
    name: 'Error of the stated probability',
    says: 'How far the stated probabilities are from how often replies really fit. Lower is better.',
  },
  mrr: {
    name: 'How high the right reply stands',
    says: 'One divided by its place among all replies, on average: 1 when it is always first, 0.5 when always second. Higher is better.',
  },
  'recall@1': {
    name: 'Right reply first of all',
    says: 'How often the right reply came before all others, shown or not. Higher is better.',
  },
  'recall@3': {
    name: 'Right reply among the first three of all',
    says: 'How often the right reply was one of the first three, shown or not. Higher is better.',
  },
  'ndcg@10': {
    name: 'Fitting replies near the top',
    says: 'How near to the top of the first ten the fitting replies stand; 1 is best.',
  },
  auc: {
    name: 'Telling fitting replies from others',
    says: 'How often a fitting reply has a higher score than one that does not fit: 1 is always, 0.5 is guessing.',
  },
  accuracy: {
    name: 'Right judgements',
    says: 'How often the model judged rightly that a reply fits, or does not. Higher is better.',
  },
  precision: {
    name: 'Right when it says that a reply fits',
    says: 'Of the replies that the model takes for fitting, how many do fit. Higher is better.',
  },
  recall: {
    name: 'Fitting replies that it notices',
    says: 'Of the replies that fit, how many the model takes for fitting. Higher is better.',
  },
  f1: {
    name: 'Being right and noticing, in one figure',
    says: 'Low as soon as either “right when it says that a reply fits” or “fitting replies that it notices” is low.',
  },
  loss: { name: 'Error while learning', says: 'What learning makes smaller. Lower is better.' },
  temperature: {
    name: 'Correction of the probabilities',
    says: 'Scores are divided by it, so that stated probabilities come true. Neither high nor low is better.',
  },
  trainedOn: { name: 'Examples learned from', says: 'How many examples the model has learned from.' },
  measuredOn: { name: 'Questions measured with', says: 'How many questions the figures rest on.' },
};

const chinese: Record<string, Explained> = {
  worth: {
    name: '有用程度（首位 1，第二 ½，第三 ⅓）',
    says: '合适的回复在屏幕上的位置平均有多大价值。越高越好。',
  },
  acceptAt1: { name: '合适的回复排在首位', says: '合适的回复是首条建议的问题所占的比例。越高越好。' },
  acceptAt3: {
    name: '合适的回复出现在三条建议中',
    says: '合适的回复出现在屏幕上的问题所占的比例。越高越好。',
  },
  silent: {
    name: '不给出建议',
    says: '没有任何回复的把握大到足以显示的问题所占的比例。在显示的内容合适的前提下越低越好。',
  },
  millis: { name: '每个问题的用时', says: '模型为一个问题判断所有回复所需的时间。越低越好。' },
  calibration: { name: '所示概率的误差', says: '所示概率与回复实际合适的频率相差多少。越低越好。' },
  ece: { name: '所示概率的误差', says: '所示概率与回复实际合适的频率相差多少。越低越好。' },
  mrr: {
    name: '合适的回复排得多靠前',
    says: '其在所有回复中位置的倒数的平均值：总在首位为 1，总在第二位为 0.5。越高越好。',
  },
  'recall@1': {
    name: '合适的回复居所有回复之首',
    says: '合适的回复排在所有回复之前的频率，无论是否显示。越高越好。',
  },
  'recall@3': {
    name: '合适的回复居所有回复前三',
    says: '合适的回复排在前三位的频率，无论是否显示。越高越好。',
  },
  'ndcg@10': { name: '合适的回复靠近顶部', says: '合适的回复在前十位中有多靠前；1 为最好。' },
  auc: {
    name: '区分合适与不合适的回复',
    says: '合适的回复得分高于不合适的回复的频率：1 表示总是，0.5 相当于猜测。',
  },
  accuracy: { name: '判断正确', says: '模型对回复合适与否判断正确的频率。越高越好。' },
  precision: { name: '认为合适时判断正确', says: '模型认为合适的回复中，真正合适的比例。越高越好。' },
  recall: { name: '发现合适的回复', says: '真正合适的回复中，模型认为合适的比例。越高越好。' },
  f1: { name: '判断正确与发现的综合', says: '“认为合适时判断正确”与“发现合适的回复”中只要一项低，它就低。' },
  loss: { name: '学习中的误差', says: '学习要使之变小的数值。越低越好。' },
  temperature: { name: '概率的校正', says: '得分除以它，使所示概率符合实际。高低本身无好坏之分。' },
  trainedOn: { name: '学习的样本', says: '模型学习了多少条样本。' },
  measuredOn: { name: '用于评估的问题', says: '这些指标基于多少个问题。' },
};

/** Figures of the whole pipeline have the name of the network's own with this before it. */
const ofPipeline = /^final(?=[A-Z])/;

function isOfPipeline(name: string): boolean {
  return ofPipeline.test(name);
}

function explained(all: Record<string, Explained>, name: string): Explained | undefined {
  const own = name.replace(ofPipeline, '');
  return all[own === name ? name : own.charAt(0).toLowerCase() + own.slice(1)];
}

export const metricTexts = texts(
  {
    named: (name: string): string => {
      const of = explained(english, name);
      return of ? (isOfPipeline(name) ? `${of.name}, with all evidence` : of.name) : name;
    },
    says: (name: string): string => {
      const of = explained(english, name);
      return of ? (isOfPipeline(name) ? `${of.says} With the final score, as agents see it.` : of.says) : '';
    },
    meaning: 'What these figures mean',
    settings: (name: string) =>
      (
        ({
          learningRate: 'learning rate',
          epochs: 'passes over the examples',
          batchSize: 'examples per step',
          maxLength: 'longest text, in tokens',
          frozenLayers: 'lowest layers kept as they are',
          frozenEmbeddings: 'words kept as they are',
          seed: 'seed of the random numbers',
        }) as Record<string, string>
      )[name] ?? name,
    setting: (name: string, value: string) => `${name}: ${value}`,
    defaults: 'the defaults',
    yes: 'yes',
    no: 'no',
  },
  {
    named: (name) => {
      const of = explained(chinese, name);
      return of ? (isOfPipeline(name) ? `${of.name}（综合全部依据）` : of.name) : name;
    },
    says: (name) => {
      const of = explained(chinese, name);
      return of ? (isOfPipeline(name) ? `${of.says}按最终得分，即客服所见。` : of.says) : '';
    },
    meaning: '这些指标的含义',
    settings: (name) =>
      (
        ({
          learningRate: '学习率',
          epochs: '学习样本的遍数',
          batchSize: '每步样本数',
          maxLength: '最长文本（词元数）',
          frozenLayers: '保持不变的底层数',
          frozenEmbeddings: '词语保持不变',
          seed: '随机数种子',
        }) as Record<string, string>
      )[name] ?? name,
    setting: (name, value) => `${name}：${value}`,
    defaults: '默认设置',
    yes: '是',
    no: '否',
  },
);

/** What differs from the defaults, in words. */
export function settingsInWords(settings: unknown): string {
  const t = metricTexts();
  const all = Object.entries((settings ?? {}) as Record<string, unknown>).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  if (all.length === 0) return t.defaults;
  return all
    .map(([name, value]) =>
      t.setting(t.settings(name), typeof value === 'boolean' ? (value ? t.yes : t.no) : String(value)),
    )
    .join(' · ');
}
