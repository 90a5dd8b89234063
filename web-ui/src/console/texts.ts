import { messages } from '../shared/messages';

export const consoleTexts = messages<'console/console'>(
  import.meta.glob('../messages/*/console/console.json', { import: 'default' }),
);
