import { messages } from '../shared/messages';

export const welcomeTexts = messages<'widget/welcome'>(
  import.meta.glob('../messages/*/widget/welcome.json', { import: 'default' }),
);
