import { messages } from '../shared/messages';

/** What is there before the rest of the attachments is loaded. */
export const attachLabel = messages<'thread/attach-label'>(
  import.meta.glob('../messages/*/thread/attach-label.json', { import: 'default' }),
);
