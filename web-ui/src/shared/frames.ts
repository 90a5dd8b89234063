/** The frames of both WebSocket endpoints as in src/docs/wire-protocol.md; golden files keep the two consistent. */
import type { attachment } from './customer-frames';
import {
  attachmentLimits,
  attachments,
  authorKind,
  by,
  person,
  problem,
  status,
  type customerIn,
  type customerOut,
} from './customer-frames';
import { flag, list, number, oneOf, optional, record, tagged, text, type Read } from './schema';

export { customerIn, customerOut, never } from './customer-frames';

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
  /** What another device had written at the same time. */
  aside: optional(record({ mode, text })),
};
const storedDraft = record({ id: text, revision: number, client: text, age: number, ...draftContent });

export const rejectReasons = ['wrong', 'outdated', 'tone', 'other'] as const;
const reason = oneOf(...rejectReasons);

export const summary = record({
  id: text,
  status,
  customer: record({ id: text, name: optional(text), blocked: optional(flag) }),
  assignee: optional(person),
  lastSequence: number,
  lastText: optional(text),
  lastAuthor: optional(authorKind),
  updatedAt: text,
  waitingSince: optional(text),
  createdAt: text,
  outsideHours: optional(flag),
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
  attachments,
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
});

export const agentIn = tagged({
  open: { conversation: text, after: number },
  close: { conversation: text },
  send: {
    id: text,
    conversation: text,
    text,
    attachments,
    impression: optional(text),
    reply: optional(text),
    seen: optional(number),
    source: optional(oneOf('suggestion', 'canned', 'search', 'own')),
    typed: optional(text),
    search: optional(text),
    onScreenMillis: optional(number),
    draft: optional(text),
  },
  note: { id: text, conversation: text, text, attachments, draft: optional(text) },
  draft: { id: text, conversation: text, client: text, base: optional(text), age: number, ...draftContent },
  take: { id: text, conversation: text, force: optional(flag) },
  release: { id: text, conversation: text },
  status: { id: text, conversation: text, status, seen: optional(number) },
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
  counts: { mine: number, unassigned: number, open: number, resolved: number, waiting: number },
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
  problem: { ...problem, conversation: optional(text) },
  pong: {},
});

export type CustomerIn = Read<typeof customerIn>;
export type CustomerOut = Read<typeof customerOut>;
export type AgentIn = Read<typeof agentIn>;
export type AgentOut = Read<typeof agentOut>;
export type Frame<F extends { type: string }, T extends F['type']> = Extract<F, { type: T }>;

export type Status = Read<typeof status>;
export type Attachment = Read<typeof attachment>;
export type AttachmentLimits = Read<typeof attachmentLimits>;
export type Person = Read<typeof person>;
export type Summary = Read<typeof summary>;
export type CustomerEvent = Frame<CustomerOut, 'event'>;
export type AgentEvent = Frame<AgentOut, 'event'>;
export type Counts = Frame<AgentOut, 'counts'>;
export type Suggestions = Frame<AgentOut, 'suggestions'>;
export type StoredDraft = Read<typeof storedDraft>;
export type Rating = Frame<AgentOut, 'rated'>;
export type Suggestion = Suggestions['items'][number];
export type RejectReason = Read<typeof reason>;
