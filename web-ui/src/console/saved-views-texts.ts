import { messages } from '../shared/messages';

export const savedViewsTexts = messages<'console/saved-views'>(
  import.meta.glob('../messages/*/console/saved-views.json', { import: 'default' }),
);
