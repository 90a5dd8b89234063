import { messages } from '../shared/messages';

export const shopTexts = messages<'shop/shop'>(
  import.meta.glob('../messages/*/shop/shop.json', { import: 'default' }),
);
