import { messages } from '../shared/messages';

export const searchTexts = messages<'console/search'>(
  import.meta.glob('../messages/*/console/search.json', { import: 'default' }),
);
