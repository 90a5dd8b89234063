import { messages } from '../shared/messages';

export const threadTexts = messages<'thread/thread'>(
  import.meta.glob('../messages/*/thread/thread.json', { import: 'default' }),
);
