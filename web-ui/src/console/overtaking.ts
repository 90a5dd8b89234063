import type { AgentClient, AgentEntry, AgentThread } from '../shared/agent';
import type { AgentEvent } from '../shared/frames';

/** An answer that was held back, and what somebody did meanwhile. */
export interface Overtaken {
  entry: AgentEntry;
  meanwhile: AgentEvent[];
}

/**
 * The newest event that an answer takes into account: all on screen, but of what colleagues do only what was there
 * when the draft was begun. Who writes looks at the editor, and two answers to one question help nobody.
 */
export function seenBy(thread: AgentThread, begunAt: number | undefined, me: string): number | undefined {
  const events = thread.log.events.peek();
  const missed =
    begunAt === undefined
      ? undefined
      : events.find(
          ({ act, sequence, author }) =>
            !act && sequence > begunAt && author.kind !== 'customer' && author.id !== me,
        );
  return (missed ? missed.sequence - 1 : thread.log.last.peek()) || undefined;
}

/** An answer of this agent that was held back because of what somebody did meanwhile, and what that was. */
export function overtaken(
  thread: AgentThread,
  outbox: AgentClient['outbox'],
  me: string,
): Overtaken | undefined {
  const entry = thread.entries.value.find(({ refused }) => refused?.code === 'thread-moved-on');
  const frame = outbox.entries.value.find((each) => each.frame.id === entry?.key)?.frame;
  if (!entry || frame?.type !== 'send') return undefined;
  const { seen = 0 } = frame;
  const meanwhile = thread.log.events.value.filter(
    ({ act, sequence, author }) => !act && sequence > seen && author.id !== me,
  );
  return { entry, meanwhile };
}
