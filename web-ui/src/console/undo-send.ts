import { effect, signal } from '@preact/signals';
import { recall, remember } from '../shared/storage';
import type { AgentClient } from '../shared/agent';
import type { AgentIn, Frame } from '../shared/frames';
import type { Workspace } from './workspace';

/** For how many seconds a message can be taken back; 0 for not at all, which is how it begins. */
export const undoChoices = [0, 5, 10] as const;

const storedAt = (agent: string) => `replyloop.console.${agent}.undo-send`;
const typingAgainAfter = 2_000;

let owner = '';

export const undoSeconds = signal<number>(0);

function loadUndo(agent: string): void {
  owner = agent;
  const stored = Number(recall(storedAt(agent)) ?? 0);
  undoSeconds.value = undoChoices.find((choice) => choice === stored) ?? 0;
}

export function chooseUndo(seconds: number): void {
  undoSeconds.value = seconds;
  remember(storedAt(owner), seconds > 0 ? String(seconds) : undefined);
}

/** Sends it after a moment in which it can be taken back, if the agent wants one. */
export function hold(client: AgentClient, frame: Frame<AgentIn, 'send'>): void {
  const seconds = undoSeconds.peek();
  client.act(frame, seconds * 1_000);
  if (seconds > 0) typesOn(client, frame);
}

/** Whoever waits for the answer goes on seeing that somebody writes. */
function typesOn(client: AgentClient, { id, conversation }: Frame<AgentIn, 'send'>): void {
  const again = () => {
    const thread = client.known(conversation);
    if (client.outbox.isHeld(id)) {
      thread?.typing.typed();
      setTimeout(again, typingAgainAfter);
    } else thread?.typing.stopped();
  };
  again();
}

/** So long a sign-out or a bulk act waits for what the server has not acknowledged. */
const sentWithin = 5_000;

/**
 * Nobody has second thoughts any more about what was sent to these conversations.
 *
 * @param conversations all of them, unless some are named
 * @returns whether the server has all of it now; what it has refused waits for the agent and not for the server
 */
export function sendHeld(outbox: AgentClient['outbox'], conversations?: string[]): Promise<boolean> {
  const named = conversations && new Set(conversations);
  const isMeant = (frame: object) =>
    !named || ('conversation' in frame && named.has(String(frame.conversation)));
  const waits = () => outbox.entries.value.some(({ frame, refused }) => !refused && isMeant(frame));
  outbox.release(isMeant);
  return new Promise((resolve) => {
    const ends: { dispose?: () => void } = {};
    const settle = (sent: boolean) => {
      clearTimeout(timer);
      ends.dispose?.();
      resolve(sent);
    };
    const timer = setTimeout(() => settle(false), sentWithin);
    ends.dispose = effect(() => {
      if (!waits()) queueMicrotask(() => settle(true));
    });
  });
}

/** Takes back what was sent last, while that is possible. Returns whether it was. */
export function undoSend(workspace: Workspace): boolean {
  const held = workspace.client.outbox.entries
    .peek()
    .findLast(
      ({ frame, heldUntil, elsewhere }) => frame.type === 'send' && heldUntil !== undefined && !elsewhere,
    );
  if (held?.frame.type !== 'send') return false;
  workspace.select(held.frame.conversation);
  workspace.recover(held.frame.id);
  return true;
}

/** Nobody has second thoughts about a page that they leave: what waits in it is sent. */
export function sendsAtLast({ client, me }: Workspace, until: AbortSignal): void {
  loadUndo(me.id);
  window.addEventListener('pagehide', () => client.outbox.release(), { signal: until });
}
