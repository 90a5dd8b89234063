import { messages } from '../shared/messages';

export const mentionsTexts = messages<'console/mentions'>(
  import.meta.glob('../messages/*/console/mentions.json', { import: 'default' }),
);
