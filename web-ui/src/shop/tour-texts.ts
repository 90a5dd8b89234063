import { messages } from '../shared/messages';

export const tourTexts = messages<'shop/tour'>(
  import.meta.glob('../messages/*/shop/tour.json', { import: 'default' }),
);
