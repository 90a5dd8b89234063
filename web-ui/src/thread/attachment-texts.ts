import { messages } from '../shared/messages';

export const attachmentTexts = messages<'thread/attachment'>(
  import.meta.glob('../messages/*/thread/attachment.json', { import: 'default' }),
);
