import { messages } from '../../shared/messages';

export const translationTexts = messages<'admin/knowledge-translations'>(
  import.meta.glob('../../messages/*/admin/knowledge-translations.json', { import: 'default' }),
);
