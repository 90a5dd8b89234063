import { messages } from '../shared/messages';

export const supervisionTexts = messages<'console/supervision'>(
  import.meta.glob('../messages/*/console/supervision.json', { import: 'default' }),
);
