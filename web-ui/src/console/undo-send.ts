import { signal } from '@preact/signals';
import { recall, remember } from '../shared/storage';
import type { AgentThread } from '../shared/agent';

/** For how many seconds a message can be taken back; 0 for not at all, which is how it begins. */
export const undoChoices = [0, 5, 10] as const;

const storedAt = (agent: string) => `replyloop.console.${agent}.undo-send`;
const typingAgainAfter = 2_000;

let owner = '';

export const undoSeconds = signal<number>(0);

export function loadUndo(agent: string): void {
  owner = agent;
  const stored = Number(recall(storedAt(agent)) ?? 0);
  undoSeconds.value = undoChoices.find((choice) => choice === stored) ?? 0;
}

export function chooseUndo(seconds: number): void {
  undoSeconds.value = seconds;
  remember(storedAt(owner), seconds > 0 ? String(seconds) : undefined);
}

/** Whoever waits for the answer goes on seeing that somebody writes. */
export function typesOn(thread: AgentThread | undefined, isHeld: () => boolean): void {
  if (!thread) return;
  const again = () => {
    if (!isHeld()) return;
    thread.typing.typed();
    setTimeout(again, typingAgainAfter);
  };
  again();
}
