import { messages } from '../../shared/messages';

export const mailTexts = messages<'admin/mail'>(
  import.meta.glob('../../messages/*/admin/mail.json', { import: 'default' }),
);
