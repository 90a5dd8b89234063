import { texts } from './language';

const plural = (number: string, one: string, more: string) => `${number} more ${number === '1' ? one : more}`;

/** Why a run is refused: one thing, how much of it is missing, and what to do. By field and reason, as other violations. */
export const refusedRunTexts = texts(
  {
    'run decisions': (_: string, missing: string) =>
      `A run needs ${plural(missing, 'decision', 'decisions')} of agents. Answer more customers: every suggestion that is sent, edited or rejected, and every answer of your own, is a decision.`,
    'run fitting': (_: string, missing: string) =>
      `A run needs ${plural(missing, 'answer', 'answers')} for which a suggestion fitted. Send suggestions, or edit them, where they fit.`,
    'run not-fitting': (_: string, missing: string) =>
      `A run needs ${plural(missing, 'example', 'examples')} of a reply that does not fit. Reject suggestions that are wrong.`,
    'run replies': (_: string, missing: string) =>
      `A run needs ${plural(missing, 'reply', 'different replies')} that agents have used. From a single one nothing can be learned: publish and use others.`,
    'run held-out': (_: string, missing: string) =>
      `A run needs about ${plural(missing, 'conversation', 'conversations')}, because about every fifth is kept back to measure with. Answer more customers.`,
  },
  {
    'run decisions': (_, missing) =>
      `训练还需要 ${missing} 条客服决定。请回复更多客户：每次发送、编辑或拒绝建议，以及每次自己撰写回复，都算一条决定。`,
    'run fitting': (_, missing) => `训练还需要 ${missing} 个建议合适的回复。请在建议合适时发送或编辑后发送。`,
    'run not-fitting': (_, missing) => `训练还需要 ${missing} 条不合适的样本。请拒绝错误的建议。`,
    'run replies': (_, missing) =>
      `训练还需要客服使用过的 ${missing} 条其他回复。只有一条回复时无法学习：请发布并使用其他回复。`,
    'run held-out': (_, missing) =>
      `训练还需要约 ${missing} 个对话，因为大约每五个对话中有一个留作评估。请回复更多客户。`,
  },
);
