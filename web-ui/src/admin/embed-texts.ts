import { messages } from '../shared/messages';

export const embedTexts = messages<'admin/site-embed'>(
  import.meta.glob('../messages/*/admin/site-embed.json', { import: 'default' }),
);
