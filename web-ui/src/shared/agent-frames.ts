/**
 * The frames of the agents' endpoint. Apart from those of customers, so that the widget does not load them; names of types
 * are those of frames.ts.
 */
import { attachmentLimits, attachments, authorKind, by, choices, person, problem, status } from './frames';
import { flag, list, number, oneOf, optional, record, tagged, text, type Read } from './schema';

const mode = oneOf('reply', 'note');
/** What stands in an agent's editor. */
const draftContent = {
  mode,
  text,
  origin: optional(
    record({
      impression: optional(text),
      reply: text,
      title: optional(text),
      text: optional(text),
      source: optional(oneOf('suggestion', 'canned', 'search')),
      search: optional(text),
    }),
  ),
  typed: optional(text),
  begunAt: optional(number),
  choices,
  /** What another device had written at the same time. */
  aside: optional(record({ mode, text })),
};
const storedDraft = record({ id: text, revision: number, client: text, age: number, ...draftContent });

export const rejectReasons = ['wrong', 'outdated', 'tone', 'other'] as const;
const reason = oneOf(...rejectReasons);

const priority = oneOf('urgent', 'high', 'normal', 'low');

/** What agents sort their inbox by; only what there is to say. */
const triage = record({
  labels: optional(list(text)),
  priority: optional(priority),
  snoozedUntil: optional(text),
  spam: optional(flag),
  unread: optional(flag),
  language: optional(text),
  /** Agents whom notes mention, and those of them who have not seen it. */
  mentioned: optional(list(text)),
  mentionUnread: optional(list(text)),
});

export const summary = record({
  id: text,
  status,
  customer: record({
    id: text,
    name: optional(text),
    blocked: optional(flag),
    /** Absent unless it is another customer, who was merged into this one. */
    writesAs: optional(record({ id: text, name: optional(text) })),
  }),
  assignee: optional(person),
  lastSequence: number,
  lastText: optional(text),
  lastAuthor: optional(authorKind),
  updatedAt: text,
  waitingSince: optional(text),
  createdAt: text,
  outsideHours: optional(flag),
  earlier: optional(flag),
  triage: optional(triage),
  team: optional(person),
});

const act = record({
  what: oneOf('labelled', 'unlabelled', 'priority', 'snoozed', 'woken', 'spam', 'no-spam'),
  label: optional(text),
  name: optional(text),
  priority: optional(priority),
  until: optional(text),
});

export const agentEvent = {
  conversation: text,
  sequence: number,
  at: text,
  kind: oneOf('message', 'note', 'status', 'assignee'),
  author: record({ kind: authorKind, id: optional(text), name: optional(text) }),
  id: optional(text),
  text: optional(text),
  status: optional(status),
  assignee: optional(person),
  team: optional(person),
  attachments,
  act: optional(act),
  choices,
  mentions: optional(list(person)),
};

const suggestion = record({
  reply: text,
  title: text,
  text,
  category: optional(text),
  probability: number,
  confidence: oneOf('high', 'medium', 'low'),
  why: optional(
    record({
      kind: oneOf('before', 'words', 'meaning'),
      question: optional(text),
      by: optional(person),
      words: optional(list(text)),
    }),
  ),
  choices,
});

const colleague = record({
  id: text,
  name: text,
  state: oneOf('available', 'away', 'offline'),
  since: optional(text),
  open: number,
  waiting: number,
  capacity: number,
});
const queue = record({
  team: optional(text),
  name: optional(text),
  open: number,
  unassigned: number,
  waiting: number,
  longest: optional(text),
});

export const agentIn = tagged({
  open: { conversation: text, after: number },
  close: { conversation: text },
  send: {
    id: text,
    conversation: text,
    text,
    attachments,
    choices,
    impression: optional(text),
    reply: optional(text),
    seen: optional(number),
    source: optional(oneOf('suggestion', 'canned', 'search', 'own')),
    typed: optional(text),
    search: optional(text),
    onScreenMillis: optional(number),
    draft: optional(text),
  },
  note: {
    id: text,
    conversation: text,
    text,
    attachments,
    mentions: optional(list(text)),
    draft: optional(text),
  },
  draft: { id: text, conversation: text, client: text, base: optional(text), age: number, ...draftContent },
  take: { id: text, conversation: text, force: optional(flag) },
  release: { id: text, conversation: text },
  transfer: {
    id: text,
    conversation: text,
    to: oneOf('agent', 'team', 'queue', 'everybody'),
    target: optional(text),
    note: optional(text),
  },
  availability: { away: flag },
  supervise: { active: flag },
  status: { id: text, conversation: text, status, seen: optional(number) },
  label: { id: text, conversation: text, label: text, on: flag },
  priority: { id: text, conversation: text, priority },
  snooze: { id: text, conversation: text, until: optional(text) },
  spam: { id: text, conversation: text, spam: flag },
  reject: {
    id: text,
    impression: text,
    reply: text,
    reason,
    comment: optional(text),
    onScreenMillis: optional(number),
  },
  typing: { conversation: text, active: flag },
  read: { conversation: text, sequence: number },
  ping: {},
});

export const agentOut = tagged({
  welcome: {
    agent: record({ id: text, name: text, role: oneOf('agent', 'admin') }),
    maxTextLength: number,
    attachments: optional(attachmentLimits),
  },
  opened: {
    conversation: summary,
    customerRead: number,
    agentRead: number,
    customerOnline: flag,
    viewers: list(person),
    draft: optional(storedDraft),
  },
  event: agentEvent,
  ack: { id: text, at: text, conversation: optional(text), sequence: optional(number) },
  conversation: { conversation: summary },
  counts: {
    mine: number,
    unassigned: number,
    open: number,
    resolved: number,
    waiting: number,
    // Nodes of the version before do not count these.
    snoozed: optional(number),
    spam: optional(number),
    mentions: optional(number),
  },
  labels: {},
  customer: { conversation: text },
  suggestions: {
    conversation: text,
    impression: text,
    trigger: number,
    items: list(suggestion),
    model: optional(number),
    tookMillis: number,
  },
  typing: { conversation: text, by, name: optional(text), active: flag },
  read: { conversation: text, by, sequence: number },
  presence: { conversation: text, customerOnline: flag, viewers: list(person) },
  rated: { conversation: text, resolution: number, score: number, comment: optional(text), at: text },
  draft: { conversation: text, revision: number, draft: optional(storedDraft) },
  erased: { conversation: text },
  availability: { away: flag },
  supervision: { agents: list(colleague), queues: list(queue), longest: list(summary) },
  problem: { ...problem, conversation: optional(text) },
  pong: {},
});

export type AgentIn = Read<typeof agentIn>;
export type AgentOut = Read<typeof agentOut>;
export type Priority = Read<typeof priority>;
export type InboxAct = Read<typeof act>;
export type Colleague = Read<typeof colleague>;
export type Summary = Read<typeof summary>;
export type StoredDraft = Read<typeof storedDraft>;
export type RejectReason = Read<typeof reason>;
