import { messages } from '../../shared/messages';

export const logoTexts = messages<'admin/site-logo'>(
  import.meta.glob('../../messages/*/admin/site-logo.json', { import: 'default' }),
);
