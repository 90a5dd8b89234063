import { messages } from '../shared/messages';

export const splitTexts = messages<'shop/split'>(
  import.meta.glob('../messages/*/shop/split.json', { import: 'default' }),
);
