import { messages } from '../../shared/messages';

export const privacyTexts = messages<'admin/privacy'>(
  import.meta.glob('../../messages/*/admin/privacy.json', { import: 'default' }),
);
