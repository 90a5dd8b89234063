import { messages } from '../shared/messages';

export const earlierTexts = messages<'widget/earlier'>(
  import.meta.glob('../messages/*/widget/earlier.json', { import: 'default' }),
);
