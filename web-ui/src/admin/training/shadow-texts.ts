import { texts } from '../../shared/language';

export const shadowTexts = texts(
  {
    title: 'In the shadow',
    tryUnseen: 'Try unseen…',
    question: (model: number) => `Let model ${String(model)} rank unseen?`,
    about: (champion: number) =>
      `It ranks what customers ask from now on, beside model ${String(champion)}. Nobody sees its suggestions; afterwards you see how they compare with what agents did.`,
    memory: (megabytes: string) =>
      `It takes about ${megabytes} MB of memory more on each server while it goes on. It works only while nothing else waits; questions that it has no time for are left out and counted.`,
    hours: 'Hours at most',
    hoursHint: '1 to 336. Empty: two weeks.',
    decisions: 'Answers at most',
    decisionsHint:
      'It ends when agents have answered so many of its questions. Empty: only the time ends it.',
    start: 'Start',
    starting: 'Loading the model…',
    cancel: 'Cancel',
    stop: 'Stop',
    ranks: (model: number) => `Model ${String(model)} ranks unseen`,
    ranked: (model: number) => `Model ${String(model)} ranked unseen`,
    until: (time: string) => `until ${time} at the latest`,
    orDecisions: (decided: string, wanted: string) => `${decided} of ${wanted} answers`,
    period: (from: string, to: string) => `${from} to ${to}`,
    reasons: (reason: string) =>
      (
        ({
          stopped: 'stopped by an admin',
          time: 'its time was over',
          decisions: 'it had as many answers as it was to get',
          promoted: 'it serves now',
          'champion-changed': 'another model serves now',
          failed: 'its model could not be loaded',
        }) as Record<string, string>
      )[reason] ?? reason,
    counts: (scored: string, decided: string) =>
      `${scored} questions ranked, of which agents have answered ${decided}.`,
    noneLeftOut: 'No question was left out.',
    leftOut: (all: string, busy: string, others: string) =>
      others === '0'
        ? `${all} questions were left out because the server was busy. What is below says nothing about those.`
        : busy === '0'
          ? `${all} questions were left out: a server was starting, or no model ranked them. What is below says nothing about those.`
          : `${all} questions were left out: ${busy} because the server was busy, ${others} because a server was starting or no model ranked them. What is below says nothing about those.`,
    verdicts: (verdict: string, model: number, champion: number) =>
      (
        ({
          better: `Model ${String(model)} would have been more useful than model ${String(champion)}, although agents saw only what model ${String(champion)} suggested.`,
          worse: `Model ${String(model)} would have been less useful than model ${String(champion)}. Part of that may be that agents tend to use what they are shown: read the questions below before you decide.`,
          'no-difference': `No reliable difference between model ${String(model)} and model ${String(champion)} so far.`,
        }) as Record<string, string>
      )[verdict] ?? '',
    tooLittle: (questions: string, needed: string, conversations: string, conversationsNeeded: string) =>
      `Too few to tell yet: ${questions} of ${needed} answered questions, from ${conversations} of ${conversationsNeeded} conversations.`,
    caveat: (champion: number) =>
      `Agents saw only what model ${String(champion)} suggested, and people tend to use what is in front of them. That favours model ${String(champion)}: one that is just as good looks somewhat worse here, and one that looks better is better. Read where the two differ.`,
    same: (first: string, all: string) =>
      `Both put the same reply first for ${first} of the questions, and show exactly the same for ${all}.`,
    elsewhere: (found: string, shown: string) =>
      `For ${found} questions the agent used a reply that was not on the screen; the other model would have shown ${shown} of those. Here nothing shown has swayed the agent.`,
    ownWords: (number: string, one: boolean) =>
      one
        ? "1 question was answered in the agent's own words and counts for neither; it counts only for silence."
        : `${number} questions were answered in the agent's own words and count for neither; they count only for silence.`,
    millis: (value: string) => `It took ${value} ms for a question, waiting included.`,
    measured: (questions: string, conversations: string) =>
      `Of ${questions} questions from ${conversations} conversations that were answered with a reply of the knowledge base.`,
    model: (number: number) => `Model ${String(number)}`,
    differ: (worse: string, better: string) =>
      `Read the questions where they differ: ${worse} worse, ${better} better`,
    alike: 'So far both put the reply that the agent used in the same place.',
    promote: (model: number) => `Promote model ${String(model)}…`,
    which: 'Which one',
  },
  {
    title: '影子测试',
    tryUnseen: '影子测试…',
    question: (model) => `让模型 ${String(model)} 在后台排序？`,
    about: (champion) =>
      `从现在起，它会与模型 ${String(champion)} 一起对客户的问题排序。没有人会看到它的建议；之后可以看到它与客服实际操作的对比。`,
    memory: (megabytes) =>
      `运行期间每台服务器大约多占用 ${megabytes} MB 内存。它只在没有其他任务等待时工作；来不及处理的问题会被略过并计数。`,
    hours: '最长时间（小时）',
    hoursHint: '1 至 336。留空：两周。',
    decisions: '最多回答数',
    decisionsHint: '当客服回答了这么多个问题后结束。留空：只按时间结束。',
    start: '开始',
    starting: '正在加载模型…',
    cancel: '取消',
    stop: '停止',
    ranks: (model) => `模型 ${String(model)} 正在后台排序`,
    ranked: (model) => `模型 ${String(model)} 曾在后台排序`,
    until: (time) => `最晚到 ${time}`,
    orDecisions: (decided, wanted) => `已有 ${decided} 个回答，共需 ${wanted} 个`,
    period: (from, to) => `${from} 至 ${to}`,
    reasons: (reason) =>
      (
        ({
          stopped: '由管理员停止',
          time: '时间已到',
          decisions: '已达到所需的回答数',
          promoted: '它已启用',
          'champion-changed': '已启用另一个模型',
          failed: '模型无法加载',
        }) as Record<string, string>
      )[reason] ?? reason,
    counts: (scored, decided) => `已排序 ${scored} 个问题，其中客服已回答 ${decided} 个。`,
    noneLeftOut: '没有略过任何问题。',
    leftOut: (all, busy, others) =>
      others === '0'
        ? `因服务器繁忙略过了 ${all} 个问题。下面的结果不包括这些问题。`
        : busy === '0'
          ? `略过了 ${all} 个问题：当时服务器正在启动，或没有模型排序。下面的结果不包括这些问题。`
          : `略过了 ${all} 个问题：${busy} 个因服务器繁忙，${others} 个因服务器正在启动或没有模型排序。下面的结果不包括这些问题。`,
    verdicts: (verdict, model, champion) =>
      (
        ({
          better: `模型 ${String(model)} 会比模型 ${String(champion)} 更有用，尽管客服只看到了模型 ${String(champion)} 的建议。`,
          worse: `模型 ${String(model)} 不如模型 ${String(champion)} 有用。部分原因可能是客服倾向于使用所看到的建议：请先阅读下面的问题再决定。`,
          'no-difference': `到目前为止，模型 ${String(model)} 与模型 ${String(champion)} 之间没有可靠的差异。`,
        }) as Record<string, string>
      )[verdict] ?? '',
    tooLittle: (questions, needed, conversations, conversationsNeeded) =>
      `数量太少，暂时无法判断：需要 ${needed} 个已回答的问题，目前 ${questions} 个；需要 ${conversationsNeeded} 个对话，目前 ${conversations} 个。`,
    caveat: (champion) =>
      `客服只看到了模型 ${String(champion)} 的建议，而人们倾向于使用眼前的内容。这对模型 ${String(champion)} 有利：同样好的模型在这里会显得稍差，而显得更好的模型确实更好。请阅读两者不同之处。`,
    same: (first, all) => `在 ${first} 的问题上两者首位相同，在 ${all} 的问题上显示的内容完全相同。`,
    elsewhere: (found, shown) =>
      `有 ${found} 个问题，客服使用的回复不在屏幕上；另一个模型会显示其中 ${shown} 个。这些情况下客服没有受到所示内容的影响。`,
    ownWords: (number) => `有 ${number} 个问题由客服自己撰写回答，不计入任何一方，只计入“不给出建议”。`,
    millis: (value) => `每个问题用时 ${value} 毫秒（含等待）。`,
    measured: (questions, conversations) =>
      `基于 ${conversations} 个对话中用知识库回复回答的 ${questions} 个问题。`,
    model: (number) => `模型 ${String(number)}`,
    differ: (worse, better) => `查看两者不同的问题：${worse} 个变差，${better} 个变好`,
    alike: '到目前为止，两者都把客服使用的回复放在相同的位置。',
    promote: (model) => `启用模型 ${String(model)}…`,
    which: '选择',
  },
);
