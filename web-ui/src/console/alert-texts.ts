import { messages } from '../shared/messages';

export const alertTexts = messages<'console/alerts'>(
  import.meta.glob('../messages/*/console/alerts.json', { import: 'default' }),
);
