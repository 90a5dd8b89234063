import { messages } from '../shared/messages';

export const earlierTexts = messages<'console/earlier'>(
  import.meta.glob('../messages/*/console/earlier.json', { import: 'default' }),
);
