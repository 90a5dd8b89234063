import { texts } from '../../shared/language';

export const scheduleTexts = texts(
  {
    title: 'Schedule',
    enabled: 'Start runs by schedule',
    frequency: 'How often',
    kinds: (kind: string) =>
      (
        ({
          daily: 'Every day',
          weekdays: 'Every weekday, Monday to Friday',
          chosen: 'On chosen weekdays',
          weekly: 'Once a week',
          monthly: 'Once a month',
          hours: 'Every few hours',
        }) as Record<string, string>
      )[kind] ?? kind,
    time: 'Time',
    weekday: 'Weekday',
    chosenDays: 'Weekdays',
    noDay: 'Choose at least one weekday.',
    dayOfMonth: 'Day of the month',
    dayMissing: 'Months that do not have this day are left out.',
    every: 'Hours apart',
    minute: 'Minute',
    advanced: 'Write it as a cron expression',
    cron: 'When (cron)',
    cronFields: 'minute hour day month weekday',
    notSimple: 'This expression is more than the fields can say; it stays as it is.',
    timeZone: 'Time zone',
    zoneHint: 'Type a city, a country or an offset, such as Shanghai, Germany or +8.',
    noZone: 'No time zone fits. It may be listed under another city.',
    unknownZone: (zone: string) =>
      zone.trim() === ''
        ? 'A schedule needs a time zone, such as Europe/Berlin, Asia/Shanghai or UTC.'
        : `There is no time zone “${zone}”. Choose one of the list, such as Europe/Berlin, Asia/Shanghai or UTC.`,
    thisBrowser: (zone: string) => `Use this browser’s: ${zone}`,
    browserZone: 'this browser',
    minimum: 'Fewest new decisions',
    minimumHint: 'A decision is a suggestion that an agent sent, edited or rejected, or an own answer.',
    summary: (when: string, zone: string, decisions: string) =>
      `${when} (${zone}), if there are ${decisions}.`,
    decisions: (number: number) => (number === 1 ? '1 new decision' : `${String(number)} new decisions`),
    off: 'The schedule is off: a run starts only when you start one.',
    quiet: 'Quiet hours',
    quietOn: 'Keep quiet hours',
    quietFrom: 'From',
    quietUntil: 'Until',
    quietHint:
      'Every day between these times no run works. One that is due waits until they end. One that is training saves its state, goes back to the queue and goes on afterwards; only the final measuring is let finish.',
    limits: 'Limits of a run',
    maximumMinutes: 'Longest time, in minutes',
    maximumMinutesHint:
      'Empty for none. A run that reaches it ends with its best state so far, if it has been through the examples once; otherwise it fails and says so. The measuring afterwards is not cut.',
    cores: 'Most cores',
    coresHint: (available: number) => `Empty for all but one. This server has ${String(available)}.`,
    limitsFor: 'They hold for runs by schedule and by hand that are started after saving.',
    save: 'Save the schedule',
    saved: 'Saved.',
    next: 'The next five starts',
    nextUnsaved: 'The next five starts, once this is saved',
    notKnown: 'The next starts are shown once the fields above are right.',
    loading: 'Looking…',
    elsewhere: (time: string) => `here ${time}`,
    now: (have: number, want: number) => `New decisions now: ${String(have)}. Wanted: ${String(want)}.`,
    pace: 'For later starts, the pace of the last 14 days is taken.',
    noPace: 'How many decisions a day brings is known after the first day.',
    byThen: (number: number) => `about ${String(number)} by then`,
    asNow: (number: number) => `${String(number)} now`,
    prospects: (prospect: string) =>
      (
        ({
          start: 'would start',
          'too-few-new': 'would be skipped',
          'too-little': 'would be skipped: see above what is missing',
        }) as Record<string, string>
      )[prospect] ?? prospect,
    waits: (time: string) => `waits until ${time}, when the quiet hours end`,
    last: 'What came of the last starts',
    noneYet: 'No planned start has come yet.',
    started: (run: number) => `Run ${String(run)} was started.`,
    tooFewNew: (have: number, need: number) => `Skipped: ${String(have)} of ${String(need)} new decisions.`,
    tooLittle: (what: string) => `Skipped: too little to learn from. ${what}`,
    runActive: (run: number | undefined) =>
      run === undefined
        ? 'Skipped: another run was waiting or running.'
        : `Skipped: run ${String(run)} was waiting or running.`,
    noModel: 'Skipped: no model served that could be trained.',
    refused: 'Skipped: the run could not be started. The server’s log says why.',
    interrupted: 'Broken off: the server ended at that very moment. The next start makes it good.',
    late: (time: string) => `Missed while the server was not running; made good late, ${time}.`,
    lateSeveral: (number: number, time: string) =>
      `${String(number)} starts were missed while the server was not running; made good once, ${time}.`,
    more: (number: number) => `Show all ${String(number)}`,
  },
  {
    title: '定时训练',
    enabled: '按计划自动训练',
    frequency: '频率',
    kinds: (kind) =>
      (
        ({
          daily: '每天',
          weekdays: '每个工作日（周一至周五）',
          chosen: '指定的星期',
          weekly: '每周一次',
          monthly: '每月一次',
          hours: '每隔几小时',
        }) as Record<string, string>
      )[kind] ?? kind,
    time: '时间',
    weekday: '星期',
    chosenDays: '星期',
    noDay: '请至少选择一天。',
    dayOfMonth: '每月几日',
    dayMissing: '没有这一天的月份会跳过。',
    every: '间隔（小时）',
    minute: '第几分',
    advanced: '使用 cron 表达式',
    cron: '时间（cron）',
    cronFields: '分 时 日 月 周',
    notSimple: '此表达式无法用上面的选项表示，将保持原样。',
    timeZone: '时区',
    zoneHint: '可输入城市、国家或时差，例如 Shanghai、中国、+8。',
    noZone: '没有匹配的时区，可试试附近的其他城市。',
    unknownZone: (zone) =>
      zone.trim() === ''
        ? '定时训练需要时区，例如 Asia/Shanghai、Europe/Berlin 或 UTC。'
        : `没有时区“${zone}”。请从列表中选择，例如 Asia/Shanghai、Europe/Berlin 或 UTC。`,
    thisBrowser: (zone) => `使用此浏览器的时区：${zone}`,
    browserZone: '此浏览器',
    minimum: '最少新决定数',
    minimumHint: '客服发送、修改或拒绝一条建议，或自行作答，都算一条决定。',
    summary: (when, zone, decisions) => `${when}（${zone}），前提是${decisions}。`,
    decisions: (number) => `有 ${String(number)} 条新的客服决定`,
    off: '定时训练未启用：只能手动开始训练。',
    quiet: '静默时段',
    quietOn: '设置静默时段',
    quietFrom: '开始',
    quietUntil: '结束',
    quietHint:
      '每天在此时段内不进行训练。到点的训练会等到时段结束；正在训练的会保存进度、回到队列，之后接着进行。只有最后的评估会先做完。',
    limits: '单次训练的限制',
    maximumMinutes: '最长时间（分钟）',
    maximumMinutesHint:
      '留空表示不限。到时后，如果已完整学习过一遍样本，就以目前最好的状态结束；否则训练失败并说明原因。之后的评估不受限制。',
    cores: '最多使用的 CPU 核数',
    coresHint: (available) => `留空表示留出一个核、其余全用。此服务器共有 ${String(available)} 个核。`,
    limitsFor: '保存之后开始的训练，无论定时还是手动，都受此限制。',
    save: '保存计划',
    saved: '已保存。',
    next: '接下来的五次',
    nextUnsaved: '保存之后接下来的五次',
    notKnown: '上面的内容填写正确后，这里会显示接下来的时间。',
    loading: '正在查询…',
    elsewhere: (time) => `本地时间 ${time}`,
    now: (have, want) => `目前有 ${String(have)} 条新决定，需要 ${String(want)} 条。`,
    pace: '之后的数量按最近 14 天的速度估算。',
    noPace: '一天之后才能估算每天会有多少条决定。',
    byThen: (number) => `届时约 ${String(number)} 条`,
    asNow: (number) => `目前 ${String(number)} 条`,
    prospects: (prospect) =>
      (
        ({
          start: '将会开始',
          'too-few-new': '将会跳过',
          'too-little': '将会跳过：见上方尚缺的内容',
        }) as Record<string, string>
      )[prospect] ?? prospect,
    waits: (time) => `等到 ${time} 静默时段结束`,
    last: '最近几次的结果',
    noneYet: '还没有到过计划的时间。',
    started: (run) => `已开始训练 ${String(run)}。`,
    tooFewNew: (have, need) => `已跳过：新决定只有 ${String(have)} 条，需要 ${String(need)} 条。`,
    tooLittle: (what) => `已跳过：样本不足。${what}`,
    runActive: (run) =>
      run === undefined
        ? '已跳过：当时有其他训练在等待或进行中。'
        : `已跳过：当时训练 ${String(run)} 在等待或进行中。`,
    noModel: '已跳过：没有可供训练的现役模型。',
    refused: '已跳过：训练无法开始，原因见服务器日志。',
    interrupted: '已中断：服务器恰好在此时停止，下一次会补上。',
    late: (time) => `服务器未运行时错过，已于 ${time} 补做。`,
    lateSeveral: (number, time) => `服务器未运行时错过 ${String(number)} 次，已于 ${time} 补做一次。`,
    more: (number) => `显示全部 ${String(number)} 条`,
  },
);
