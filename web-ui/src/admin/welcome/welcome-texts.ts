import { messages } from '../../shared/messages';

export const welcomeTexts = messages<'admin/welcome'>(
  import.meta.glob('../../messages/*/admin/welcome.json', { import: 'default' }),
);
