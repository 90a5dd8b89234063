import { messages } from '../shared/messages';

export const hoursTexts = messages<'console/hours'>(
  import.meta.glob('../messages/*/console/hours.json', { import: 'default' }),
);
