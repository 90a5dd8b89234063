import { messages } from '../shared/messages';

export const composerTexts = messages<'console/composer'>(
  import.meta.glob('../messages/*/console/composer.json', { import: 'default' }),
);
