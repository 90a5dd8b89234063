import { messages } from '../shared/messages';

export const mailTexts = messages<'widget/mail'>(
  import.meta.glob('../messages/*/widget/mail.json', { import: 'default' }),
);
