import { texts } from '../../shared/language';

const stagesEn: Record<string, string> = {
  queued: 'waiting',
  preparing: 'preparing',
  training: 'training',
  evaluating: 'evaluating',
  'awaiting-decision': 'awaiting your decision',
  measured: 'measured',
  promoted: 'promoted',
  rejected: 'rejected',
  failed: 'failed',
  cancelled: 'cancelled',
};

const stagesZh: Record<string, string> = {
  queued: '等待中',
  preparing: '准备中',
  training: '训练中',
  evaluating: '评估中',
  'awaiting-decision': '等待您决定',
  measured: '已评估',
  promoted: '已启用',
  rejected: '已拒绝',
  failed: '失败',
  cancelled: '已取消',
};

const failuresEn: Record<string, string> = {
  'worker-died':
    'The training process died several times, most likely for lack of memory. Give the machine more memory or the run fewer cores, then start it again.',
  'worker-not-started':
    'The training process could not be started. See what the server says below, mend that, then start the run again.',
  'model-damaged':
    'The files of the model are damaged. Restore them from a backup or promote another model, then start the run again.',
  'checkpoint-invalid': 'This model cannot be trained. Promote another one, then start the run again.',
  'data-invalid':
    'The examples cannot be used; some may have been erased meanwhile. Start a new run, which takes those of now.',
  'out-of-memory':
    'The memory was not enough. Raise replyloop.training.worker-heap, or start a run with a smaller batch.',
  'disk-full': 'The disk is full. Make room where the models are kept, then start the run again.',
  diverged: 'The learning has lost its way. Start a run with a lower learning rate.',
  'time-limit':
    'The longest time was over before the run was through the examples once. Raise “Longest time” in the schedule, or give a run more cores there.',
};

const failuresZh: Record<string, string> = {
  'worker-died': '训练进程多次意外终止，多半是内存不足。请增加内存或减少可用的核数，然后重新开始训练。',
  'worker-not-started': '无法启动训练进程。请按下方服务器的说明排除问题，然后重新开始训练。',
  'model-damaged': '模型文件已损坏。请从备份恢复或启用其他模型，然后重新开始训练。',
  'checkpoint-invalid': '此模型无法训练。请启用其他模型，然后重新开始训练。',
  'data-invalid': '样本无法使用，部分可能已被删除。请重新开始训练，新的训练会使用现有样本。',
  'out-of-memory': '内存不足。请调大 replyloop.training.worker-heap，或以更小的批次开始训练。',
  'disk-full': '磁盘已满。请在存放模型的位置腾出空间，然后重新开始训练。',
  diverged: '训练未能收敛。请以更低的学习率开始训练。',
  'time-limit': '完整学习一遍样本之前，已达到最长时间。请在定时训练中调大“最长时间”，或允许使用更多的核。',
};

export const runTexts = texts(
  {
    stages: (stage: string) => stagesEn[stage] ?? stage,
    failures: (code: string) =>
      failuresEn[code] ??
      'The run has failed for a reason that nobody has foreseen. See what the server says below; starting it again may help.',
    waitsUntil: (time: string) => `Waits until ${time}, when the quiet hours end.`,
    waits: 'Waits for a training process.',
    attempt: (attempt: number, attempts: number) => `attempt ${String(attempt)} of ${String(attempts)}`,
    spent: (time: string) => `${time} so far`,
    took: (time: string) => `took ${time}`,
    limit: (time: string) => `at most ${time}`,
    left: (time: string) => `about ${time} left`,
    standsBack: 'Standing back: customers are waiting.',
    stoodBack: (time: string) => `stood back for ${time} of that`,
    preparing: 'Preparing: the serving model is checked and measured.',
    evaluating: 'Measuring the new model beside the one that serves.',
    measures: (model: string, against: string) => `Measures model ${model} against model ${against}.`,
    measured: (model: string, against: string) => `Measured model ${model} against model ${against}.`,
    preparingBoth: 'Preparing: the files of both models are checked.',
    measuringBoth: 'Measuring both models on the same questions.',
    measuredWith: (snapshot: number) => `Measured with snapshot ${String(snapshot)}; nothing was learned`,
    testPairs: (test: string) => `${test} examples to measure with`,
    firstSteps: 'The first steps are under way.',
    learnsFrom: (snapshot: number) => `Learns from snapshot ${String(snapshot)}`,
    learnedFrom: (snapshot: number) => `Learned from snapshot ${String(snapshot)}`,
    contents: (decisions: string, conversations: string) =>
      `${decisions} decisions in ${conversations} conversations`,
    examples: (train: string, dev: string, test: string) =>
      `${train} examples to learn from, ${dev} to tell when to stop, ${test} to measure with`,
    leftOut: (number: string) =>
      `${number} left out, because their questions nearly repeat some of those that measure`,
    erased: (number: string) => `${number} have lost their texts since, because a customer was erased`,
    between: (from: string, until: string) => `decided between ${from} and ${until}`,
    languageOf: (code: string, number: string) =>
      ({
        zh: `${number} in Chinese`,
        other: `${number} in English or another language`,
        none: `${number} without words`,
      })[code] ?? `${number} ${code}`,
    rateCurve: 'How much each step changes (learning rate), in millionths',
    rate: 'Learning rate',
    log: 'Log',
    logLines: 'Lines of the log',
    noLog: 'No line yet.',
    logHint: 'The newest 500 lines. The whole is in the folder training of the data directory.',
    attemptStarts: (attempt: number) => `— attempt ${String(attempt)} —`,
    decide: 'The new model waits for your decision: promote it below under Models, or reject it.',
    reject: 'Reject…',
    rejectQuestion: (number: number) => `Reject the model of run ${String(number)}?`,
    rejectHint: 'It stays in the list of models and can be promoted after all. Nothing that serves changes.',
    reason: 'Reason',
    reasonHint: 'Others see it beside the run, such as “Worse in Chinese”.',
    rejectIt: 'Reject the model',
    keep: 'Cancel',
    rejectedBecause: (time: string, reason: string) => `Rejected on ${time}: ${reason}`,
    takeBack: 'Take the rejection back',
    // The meter
    useful: 'To the next useful run',
    enough: 'Enough',
    notYet: 'Not yet',
    moreDecisions: (number: number) =>
      number === 1 ? '1 more decision' : `${String(number)} more decisions`,
    newOf: (have: string, want: string) => `${have} of ${want} new decisions since the last run.`,
    enoughNow: 'There is enough to learn from.',
    scheduleOff: 'The schedule is off: a run starts when you start one.',
    scheduled: (time: string) => `The schedule looks next: ${time}.`,
    quietNow: (time: string) => `Quiet hours until ${time}: a run that is started now waits.`,
    nothingNew: 'Nothing new to learn from',
    nothingNewHint:
      'Agents have decided nothing since the last run. Another one learns from the same examples, and will hardly make a better model.',
    startAgain: 'Start all the same',
    needs: 'Any run also needs:',
    missing: (rule: string, have: string, need: string, gap: string) => {
      const more = (one: string, several: string) => `${gap} more ${gap === '1' ? one : several}`;
      const of = `(${have} of ${need})`;
      return (
        (
          {
            decisions: `${more('decision', 'decisions')} of agents ${of}.`,
            fitting: `${more('example', 'examples')} of a reply that fits ${of}. Send or edit suggestions that do.`,
            'not-fitting': `${more('example', 'examples')} of a reply that does not fit ${of}. Reject suggestions that do not.`,
            replies: `${more('reply that fits', 'replies that fit')} a question ${of}: of a single one, a model learns that it always fits.`,
            'held-out': `${more('conversation', 'conversations')} to measure with ${of}. About every fifth is kept back for that, so answer about ${String(5 * Number(gap))} more.`,
          } as Record<string, string>
        )[rule] ?? rule
      );
    },
    anyway: 'Start all the same',
    anywayHint:
      'To try it out. With so little, the model will hardly be better, and nobody can tell whether it is.',
  },
  {
    stages: (stage) => stagesZh[stage] ?? stage,
    failures: (code) => failuresZh[code] ?? '训练因意外原因失败。请查看下方服务器的说明；重新开始或许有用。',
    waitsUntil: (time) => `等到 ${time} 静默时段结束。`,
    waits: '正在等待训练进程。',
    attempt: (attempt, attempts) => `第 ${String(attempt)} 次尝试，共 ${String(attempts)} 次`,
    spent: (time) => `已用 ${time}`,
    took: (time) => `用时 ${time}`,
    limit: (time) => `最长 ${time}`,
    left: (time) => `约剩 ${time}`,
    standsBack: '正在让路：有客户在等待。',
    stoodBack: (time) => `其中让路 ${time}`,
    preparing: '准备中：正在检查和评估现役模型。',
    evaluating: '正在对比评估新模型与现役模型。',
    measures: (model, against) => `对比评估模型 ${model} 与模型 ${against}。`,
    measured: (model, against) => `已对比评估模型 ${model} 与模型 ${against}。`,
    preparingBoth: '准备中：正在检查两个模型的文件。',
    measuringBoth: '正在用相同的问题评估两个模型。',
    measuredWith: (snapshot) => `用快照 ${String(snapshot)} 评估，没有学习`,
    testPairs: (test) => `${test} 条样本用于评估`,
    firstSteps: '正在进行最初的几步。',
    learnsFrom: (snapshot) => `学习快照 ${String(snapshot)}`,
    learnedFrom: (snapshot) => `学习了快照 ${String(snapshot)}`,
    contents: (decisions, conversations) => `${conversations} 个对话中的 ${decisions} 条决定`,
    examples: (train, dev, test) => `${train} 条样本用于学习，${dev} 条用于决定何时停止，${test} 条用于评估`,
    leftOut: (number) => `${number} 条因问题与评估部分几乎重复而未使用`,
    erased: (number) => `${number} 条的文本已随客户一起删除`,
    between: (from, until) => `时间从 ${from} 到 ${until}`,
    languageOf: (code, number) =>
      ({
        zh: `中文 ${number} 条`,
        other: `英文或其他语言 ${number} 条`,
        none: `无文字 ${number} 条`,
      })[code] ?? `${code} ${number} 条`,
    rateCurve: '每步改变多少（学习率，百万分之一）',
    rate: '学习率',
    log: '日志',
    logLines: '日志内容',
    noLog: '还没有内容。',
    logHint: '最新 500 行（英文）。完整日志在数据目录的 training 文件夹中。',
    attemptStarts: (attempt) => `— 第 ${String(attempt)} 次尝试 —`,
    decide: '新模型等待您决定：在下方“模型”中启用，或拒绝。',
    reject: '拒绝…',
    rejectQuestion: (number) => `拒绝训练 ${String(number)} 的模型？`,
    rejectHint: '模型仍保留在列表中，以后仍可启用。现役模型不受影响。',
    reason: '原因',
    reasonHint: '会显示在训练旁边，例如“中文变差”。',
    rejectIt: '拒绝此模型',
    keep: '取消',
    rejectedBecause: (time, reason) => `已于 ${time} 拒绝：${reason}`,
    takeBack: '撤销拒绝',
    useful: '距离下一次有意义的训练',
    enough: '已足够',
    notYet: '还不够',
    moreDecisions: (number) => `还差 ${String(number)} 条决定`,
    newOf: (have, want) => `上次训练后新增 ${have} 条决定，需要 ${want} 条。`,
    enoughNow: '样本已足够训练。',
    scheduleOff: '定时训练未启用：需要手动开始训练。',
    scheduled: (time) => `下次定时检查：${time}。`,
    quietNow: (time) => `静默时段到 ${time} 结束：现在开始的训练会等待。`,
    nothingNew: '没有新的学习内容',
    nothingNewHint: '自上次训练以来，客服没有作出新的决定。再训练一次会学习相同的样本，很难得到更好的模型。',
    startAgain: '仍然开始',
    needs: '任何训练还需要：',
    missing: (rule, have, need, gap) =>
      (
        ({
          decisions: `还差 ${gap} 条客服决定（${have}/${need}）。`,
          fitting: `还差 ${gap} 条合适回复的样本（${have}/${need}）。请发送或修改合适的建议。`,
          'not-fitting': `还差 ${gap} 条不合适回复的样本（${have}/${need}）。请拒绝不合适的建议。`,
          replies: `还差 ${gap} 条合适的不同回复（${have}/${need}）：只有一条时，模型只会学到它总是合适。`,
          'held-out': `还差 ${gap} 个用于评估的对话（${have}/${need}）。大约每五个对话留出一个，因此还需回复约 ${String(5 * Number(gap))} 个对话。`,
        }) as Record<string, string>
      )[rule] ?? rule,
    anyway: '仍然开始',
    anywayHint: '仅供试用。样本这么少，模型几乎不会更好，也无法判断是否更好。',
  },
);
