/** The frames of both WebSocket endpoints as in src/docs/wire-protocol.md; golden files keep the two consistent. */
import type {
  AgentIn,
  AgentOut,
  Colleague,
  InboxAct,
  Priority,
  RejectReason,
  StoredDraft,
  Summary,
} from './agent-frames';
import {
  flag,
  list,
  number,
  oneOf,
  optional,
  record,
  simpleValues,
  tagged,
  text,
  texts,
  type Read,
} from './schema';

export const status = oneOf('open', 'resolved');
export const authorKind = oneOf('customer', 'agent', 'system');
export const by = oneOf('customer', 'agent');
export const person = record({ id: text, name: text });
export const problem = {
  code: text,
  message: text,
  id: optional(text),
  retryAfterMillis: optional(number),
};

const attachment = record({
  id: text,
  name: text,
  type: text,
  size: number,
  width: optional(number),
  height: optional(number),
});
export const attachments = optional(list(attachment));
/** Short answers that are offered with a message. */
export const choices = optional(list(text));
/** What may be attached; absent where nothing may. */
export const attachmentLimits = record({ largest: number, most: number, types: list(text) });

export const customerIn = tagged({
  hello: { token: text, after: number, conversation: optional(text) },
  send: { id: text, text, attachments, begins: optional(flag) },
  typing: { active: flag },
  read: { sequence: number, conversation: optional(text) },
  visit: { page: optional(text), language: optional(text), attributes: optional(simpleValues) },
  form: { language: oneOf('en', 'zh'), values: texts },
  rate: {
    id: text,
    conversation: optional(text),
    resolution: number,
    score: optional(number),
    comment: optional(text),
  },
  ping: {},
});

export const customerOut = tagged({
  welcome: {
    conversation: optional(text),
    status: optional(status),
    last: number,
    assignee: optional(text),
    customerRead: number,
    agentRead: number,
    agentsOnline: flag,
    maxTextLength: number,
    attachments: optional(attachmentLimits),
    earlier: optional(flag),
  },
  event: {
    sequence: number,
    at: text,
    kind: oneOf('message', 'status', 'assignee'),
    author: record({ kind: authorKind, name: optional(text) }),
    id: optional(text),
    text: optional(text),
    status: optional(status),
    assignee: optional(text),
    attachments,
    choices,
  },
  ack: { id: text, sequence: number, at: text, conversation: text },
  typing: { name: optional(text), active: flag },
  read: { conversation: optional(text), by, sequence: number },
  rated: {
    conversation: optional(text),
    resolution: number,
    score: optional(number),
    comment: optional(text),
    changeableUntil: optional(text),
  },
  queue: { position: optional(number), waitSeconds: optional(number) },
  presence: { agentsOnline: flag },
  problem,
  pong: {},
});
export type CustomerIn = Read<typeof customerIn>;
export type CustomerOut = Read<typeof customerOut>;
export type { AgentIn, AgentOut, Colleague, InboxAct, Priority, RejectReason, StoredDraft, Summary };
export type Frame<F extends { type: string }, T extends F['type']> = Extract<F, { type: T }>;

export type Status = Read<typeof status>;
export type Attributes = Read<typeof simpleValues>;
export type Attachment = Read<typeof attachment>;
export type AttachmentLimits = Read<typeof attachmentLimits>;
export type Person = Read<typeof person>;
export type CustomerEvent = Frame<CustomerOut, 'event'>;
export type AgentEvent = Frame<AgentOut, 'event'>;
export type Counts = Frame<AgentOut, 'counts'>;
export type Suggestions = Frame<AgentOut, 'suggestions'>;
export type Rating = Frame<AgentOut, 'rated'>;
export type Supervision = Frame<AgentOut, 'supervision'>;
export type Suggestion = Suggestions['items'][number];

/** Makes the compiler report cases missing from a switch over a union. */
export function never(value: never): void {
  void value;
}
