import { messages } from '../../shared/messages';

export const bulkTexts = messages<'admin/knowledge-bulk'>(
  import.meta.glob('../../messages/*/admin/knowledge-bulk.json', { import: 'default' }),
);
