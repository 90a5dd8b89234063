import { messages } from '../../shared/messages';

export const usageTexts = messages<'admin/knowledge-usage'>(
  import.meta.glob('../../messages/*/admin/knowledge-usage.json', { import: 'default' }),
);
