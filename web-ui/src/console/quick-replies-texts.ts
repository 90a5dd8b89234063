import { messages } from '../shared/messages';

export const quickRepliesTexts = messages<'console/quick-replies'>(
  import.meta.glob('../messages/*/console/quick-replies.json', { import: 'default' }),
);

/** In a line. */
export function offeredText(choices: string[]): string {
  return quickRepliesTexts().offered({ answers: choices.join(' · ') });
}
