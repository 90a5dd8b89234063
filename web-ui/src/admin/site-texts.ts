import { messages } from '../shared/messages';

export const siteTexts = messages<'admin/site'>(
  import.meta.glob('../messages/*/admin/site.json', { import: 'default' }),
);
