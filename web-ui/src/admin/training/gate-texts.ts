import { texts } from '../../shared/language';

export const gateTexts = texts(
  {
    measuredOn: (questions: number, conversations: number) =>
      `Measured on ${String(questions)} test questions of ${String(conversations)} conversations that neither model has learned from: what an agent would have seen.`,
    measuredHere: (questions: number, conversations: number) =>
      `Measured on ${String(questions)} test questions of ${String(conversations)} conversations that no run here learns from: what an agent would have seen.`,
    figures: 'What agents would have seen',
    champion: 'Serving then',
    before: (model: number) => `Model ${String(model)}`,
    verdicts: (verdict: string) =>
      (
        ({
          better: 'better than the one before',
          worse: 'worse than the one before',
          mixed: 'worse for some kind of question',
          'no-difference': 'no reliable difference from the one before',
          'too-little-data': 'too few to tell',
        }) as Record<string, string>
      )[verdict] ?? '',
    challenger: 'New model',
    difference: 'Difference (95 % range)',
    range: (by: string, low: string, high: string) => `${by} (${low} to ${high})`,
    tooFew: 'too few to tell',
    same: 'no difference',
    /** How much is missing; nothing is not said. */
    needed: (questions: number, conversations: number) =>
      [
        questions > 0 && `${String(questions)} more ${questions === 1 ? 'question' : 'questions'}`,
        conversations > 0 &&
          `${String(conversations)} more ${conversations === 1 ? 'conversation' : 'conversations'}`,
      ]
        .filter(Boolean)
        .join(' and '),
    toTell: (needed: string) => `To tell how sure a difference is, it takes ${needed}.`,
    tooFewOf: (needed: string) => `too few to tell: ${needed} needed`,
    millis: (value: string) => `${value} ms`,
    slices: 'By kind of question',
    slicesHint:
      'Each bar is the range in which the true difference in usefulness lies; right of the line is better.',
    kind: 'Kind',
    questions: 'Questions',
    change: 'Change',
    state: (state: string) => (({ fine: 'fine', worse: 'worse' }) as Record<string, string>)[state] ?? state,
    by: (by: string, value: string) =>
      (
        ({
          'language zh': 'In Chinese',
          'language other': 'In other languages',
          'reply learned': 'Right reply was used before',
          'reply new': 'Right reply is new',
          'question first': 'First question of a conversation',
          'question later': 'Later questions',
          'category ': 'Without a category',
        }) as Record<string, string>
      )[`${by} ${value}`] ?? `Category: ${value}`,
    overall: 'All questions',
    smallCategories: (left: number) =>
      left === 1
        ? 'One more category has too few questions.'
        : `${String(left)} more categories have too few questions.`,
    flipped: (worse: number, better: number) =>
      `Read the questions that changed: ${String(worse)} got worse, ${String(better)} better`,
    noneFlipped: 'For every test question both models put the right reply in the same place.',
    gotWorse: 'Got worse',
    gotBetter: 'Got better',
    customer: 'Customer',
    team: 'Team',
    agentUsed: 'The agent used',
    nothingShown: 'Nothing would have been suggested.',
    rightReply: 'the right one',
    erased: 'The texts were erased with the customer.',
    expert: 'All figures, for experts',
    policy: 'When a run has ended',
    byHand: 'An admin reads the verdict and promotes the model',
    automatic:
      'A model that is reliably better, and worse for no kind of question, serves at once; anything else waits for an admin',
    watching: (model: number, answers: number, needed: number) =>
      answers < needed
        ? `Model ${String(model)} is watched: ${String(answers)} of the ${String(needed)} answers that are needed to tell whether agents take to it.`
        : `Model ${String(model)} is watched; too few conversations so far to compare it with the one before.`,
    acceptance: (model: number, after: string, previous: number, before: string, low: string, high: string) =>
      `Under model ${String(model)} agents take the first suggestion in ${after} of answers, under model ${String(previous)} it was ${before} (difference ${low} to ${high} points).`,
    dropped: 'Agents take suggestions less often since this model serves.',
    rollBackTo: (model: number) => `Roll back to model ${String(model)}…`,
    policySaved: 'Saved.',
    promotion: (what: string) =>
      (
        ({
          promoted: 'It serves by itself, because it is better.',
          overtaken: 'It was compared with a model that serves no more; an admin has to decide.',
        }) as Record<string, string>
      )[what] ?? '',
  },
  {
    measuredOn: (questions, conversations) =>
      `在 ${String(conversations)} 个对话的 ${String(questions)} 个测试问题上评估，两个模型都没有学习过这些问题：比较的是客服会看到的内容。`,
    measuredHere: (questions, conversations) =>
      `在 ${String(conversations)} 个对话的 ${String(questions)} 个测试问题上评估，本系统的训练都不学习这些问题：比较的是客服会看到的内容。`,
    figures: '客服会看到的内容',
    champion: '当时的模型',
    before: (model) => `模型 ${String(model)}`,
    verdicts: (verdict) =>
      (
        ({
          better: '优于之前的模型',
          worse: '不如之前的模型',
          mixed: '对某类问题变差',
          'no-difference': '与之前的模型没有可靠差异',
          'too-little-data': '数量太少，无法判断',
        }) as Record<string, string>
      )[verdict] ?? '',
    challenger: '新模型',
    difference: '差异（95% 区间）',
    range: (by, low, high) => `${by}（${low} 至 ${high}）`,
    tooFew: '数量太少，无法判断',
    same: '没有差异',
    needed: (questions, conversations) =>
      [questions > 0 && `${String(questions)} 个问题`, conversations > 0 && `${String(conversations)} 个对话`]
        .filter(Boolean)
        .join('和 '),
    toTell: (needed) => `要判断差异是否可靠，还需要 ${needed}。`,
    tooFewOf: (needed) => `数量太少，无法判断：还需要 ${needed}`,
    millis: (value) => `${value} 毫秒`,
    slices: '按问题类型',
    slicesHint: '每条横线是有用程度真实差异所在的区间；竖线右侧表示更好。',
    kind: '类型',
    questions: '问题数',
    change: '变化',
    state: (state) => (({ fine: '正常', worse: '变差' }) as Record<string, string>)[state] ?? state,
    by: (by, value) =>
      (
        ({
          'language zh': '中文',
          'language other': '其他语言',
          'reply learned': '合适的回复以前用过',
          'reply new': '合适的回复是新回复',
          'question first': '对话中的第一个问题',
          'question later': '后来的问题',
          'category ': '没有分类',
        }) as Record<string, string>
      )[`${by} ${value}`] ?? `分类：${value}`,
    overall: '所有问题',
    smallCategories: (left) => `另有 ${String(left)} 个分类的问题太少。`,
    flipped: (worse, better) => `查看有变化的问题：${String(worse)} 个变差，${String(better)} 个变好`,
    noneFlipped: '对每个测试问题，两个模型都把合适的回复放在相同的位置。',
    gotWorse: '变差',
    gotBetter: '变好',
    customer: '客户',
    team: '团队',
    agentUsed: '客服使用的回复',
    nothingShown: '不会给出建议。',
    rightReply: '合适的回复',
    erased: '文本已随客户一起删除。',
    expert: '全部指标（供专家参考）',
    policy: '训练结束后',
    byHand: '由管理员查看结论并启用模型',
    automatic: '如果新模型确实更好，且对任何类型的问题都没有变差，则立即启用；其他情况等待管理员决定',
    watching: (model, answers, needed) =>
      answers < needed
        ? `正在观察模型 ${String(model)}：判断客服是否接受它需要 ${String(needed)} 次回复，目前有 ${String(answers)} 次。`
        : `正在观察模型 ${String(model)}；对话数量还太少，无法与之前的模型比较。`,
    acceptance: (model, after, previous, before, low, high) =>
      `使用模型 ${String(model)} 时，客服采用首条建议的占 ${after}；使用模型 ${String(previous)} 时为 ${before}（差异 ${low} 至 ${high} 个百分点）。`,
    dropped: '自此模型启用以来，客服采用建议的次数减少了。',
    rollBackTo: (model) => `回退到模型 ${String(model)}…`,
    policySaved: '已保存。',
    promotion: (what) =>
      (
        ({
          promoted: '因为更好，已自动启用。',
          overtaken: '与之比较的模型已不再服务，需要管理员决定。',
        }) as Record<string, string>
      )[what] ?? '',
  },
);
