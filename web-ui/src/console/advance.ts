import { effect, signal } from '@preact/signals';
import { recall, remember } from '../shared/storage';
import type { Workspace } from './workspace';

const key = 'replyloop.console.advance';

/** Whether the next conversation opens once one is resolved. Off until an agent wants it: nothing moves by itself. */
export const advances = signal(recall(key) !== undefined);

export function switchAdvance(on: boolean): void {
  advances.value = on;
  remember(key, on ? 'on' : undefined);
}

interface Awaited {
  conversation: string;
  next: string | undefined;
}

/** The conversation that this agent is resolving, and the one that stood behind it then. */
const awaited = signal<Awaited | undefined>(undefined);

/** Resolves or reopens; to be followed by the next conversation, if the agent wants that. */
export function toggleResolved(workspace: Workspace): void {
  const conversation = workspace.selected.peek();
  const status = workspace.thread.peek()?.summary.peek()?.status;
  if (advances.peek() && conversation !== undefined && status === 'open') {
    const shown = workspace.inbox.shown.peek();
    const at = shown.findIndex(({ id }) => id === conversation);
    awaited.value = { conversation, next: (shown[at + 1] ?? shown[at - 1])?.id };
  }
  workspace.toggleResolved();
}

/** The server has refused it: whoever resolves it later does not move this agent. */
export function stopAwaiting(conversation: string): void {
  if (awaited.peek()?.conversation === conversation) awaited.value = undefined;
}

/**
 * Until the result is called. Only when the server says that it is resolved, for it may refuse; not when the agent has gone
 * elsewhere, nor while something is written here that would be out of sight.
 */
export function advanceOf(workspace: Workspace): () => void {
  const stop = effect(() => {
    const now = awaited.value;
    if (!now) return;
    if (workspace.selected.value !== now.conversation) {
      awaited.value = undefined;
      return;
    }
    if (workspace.thread.value?.summary.value?.status !== 'resolved') return;
    awaited.value = undefined;
    const written = workspace.drafts.of(now.conversation).peek().text.trim();
    if (!written && !workspace.files.of(now.conversation).any) workspace.select(now.next);
  });
  return () => {
    stop();
    awaited.value = undefined;
  };
}
