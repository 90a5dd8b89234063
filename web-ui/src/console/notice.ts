import type { Summary } from '../shared/frames';
import type { Refusal } from '../shared/outbox';
import { codeText } from '../shared/problems';
import { consoleTexts } from './texts';

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
