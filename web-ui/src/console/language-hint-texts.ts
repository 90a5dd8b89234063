import { messages } from '../shared/messages';

export const languageHintTexts = messages<'console/language-hint'>(
  import.meta.glob('../messages/*/console/language-hint.json', { import: 'default' }),
);
