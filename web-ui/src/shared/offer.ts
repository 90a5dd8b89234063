import type { ReadonlySignal } from '@preact/signals';
import type { CustomerEvent } from './frames';

/** Short answers beneath the newest message, one of which the customer may send with a click. */
export interface Offer {
  sequence: number;
  choices: string[];
}

/** What a client knows of its conversation. */
interface Known {
  log: { events: ReadonlySignal<CustomerEvent[]> };
  outbox: { entries: ReadonlySignal<unknown[]> };
  status: ReadonlySignal<string | undefined>;
  caughtUp: ReadonlySignal<boolean>;
}

/** What is still offered: nothing once anybody has said or resolved anything after it. */
export function offerOf({ log, outbox, status, caughtUp }: Known): Offer | undefined {
  if (!caughtUp.value || outbox.entries.value.length > 0 || status.value === 'resolved') return undefined;
  const last = log.events.value.findLast(({ kind }) => kind === 'message');
  return last?.author.kind === 'agent' && last.choices?.length
    ? { sequence: last.sequence, choices: last.choices }
    : undefined;
}

const prefix = 24;

/**
 * The id of the answer to what this message offers. Whichever tab sends it, and however often, the server stores one: the
 * beginning of the conversation's id, which nobody else has, and the number of the message in place of its end.
 */
export function answerId(conversation: string, { sequence }: Offer): string {
  return conversation.slice(0, prefix) + sequence.toString(16).padStart(36 - prefix, '0');
}

export function isAnswer(conversation: string | undefined, id: string): boolean {
  return conversation !== undefined && id.startsWith(conversation.slice(0, prefix));
}
