/** The frames of customers, and what those of agents have in common with them: the widget loads no more than these. */
import { flag, list, number, oneOf, optional, record, tagged, text, texts } from './schema';

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

export const attachment = record({
  id: text,
  name: text,
  type: text,
  size: number,
  width: optional(number),
  height: optional(number),
});
export const attachments = optional(list(attachment));
/** What may be attached; absent where nothing may. */
export const attachmentLimits = record({ largest: number, most: number, types: list(text) });

export const customerIn = /* @__PURE__ */ tagged({
  hello: { token: text, after: number },
  send: { id: text, text, attachments },
  typing: { active: flag },
  read: { sequence: number },
  form: { language: oneOf('en', 'zh'), values: texts },
  rate: { id: text, resolution: number, score: optional(number), comment: optional(text) },
  ping: {},
});

export const customerOut = /* @__PURE__ */ tagged({
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
  },
  ack: { id: text, sequence: number, at: text, conversation: text },
  typing: { name: optional(text), active: flag },
  read: { by, sequence: number },
  rated: {
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

/** Makes the compiler report cases missing from a switch over a union. */
export function never(value: never): void {
  void value;
}
