import type { Act } from '../shared/agent';
import type { Summary } from '../shared/frames';
import type { Refusal } from '../shared/outbox';
import { codeText } from '../shared/problems';
import { stopAwaiting } from './advance';
import { consoleTexts } from './texts';
import type { Workspace } from './workspace';

/** That something was not done, as long as it is of use to know. */
export interface Notice {
  conversation?: string;
  say: () => string;
  /** Whether a conversation that has become like this makes it untrue. */
  settledBy: (summary: Summary) => boolean;
}

/** @param before how the conversation stood when the act was refused */
export function refusalNotice(
  act: string,
  conversation: string | undefined,
  { code, message }: Refusal,
  before: Summary | undefined,
  me: string,
): Notice {
  const held = code === 'conflict' && (act === 'take' || act === 'release');
  return {
    conversation,
    say: () => (held ? consoleTexts().heldByAnother : codeText(code, message)),
    settledBy: ({ assignee, status }) =>
      held
        ? !assignee || assignee.id === me
        : assignee?.id !== before?.assignee?.id || status !== before?.status,
  };
}

/** What the server has refused, other than a message on screen. */
export function showRefusal(workspace: Workspace, act: Act, { code, message }: Refusal): void {
  if (act.type === 'status' && code === 'thread-moved-on') {
    workspace.question.value = { about: 'resolve', conversation: act.conversation };
    return;
  }
  if (act.type === 'status') stopAwaiting(act.conversation);
  // The words that were to go with it are not lost: they stand in the editor, as the note that they were.
  if (act.type === 'transfer' && act.note)
    workspace.drafts.putBack(
      { type: 'note', id: act.id, conversation: act.conversation, text: act.note },
      undefined,
    );
  const conversation = 'conversation' in act ? act.conversation : undefined;
  const before = conversation === undefined ? undefined : workspace.inbox.find(conversation);
  workspace.notice.value = refusalNotice(act.type, conversation, { code, message }, before, workspace.me.id);
}
