import { messages } from '../../shared/messages';

export const fillInTexts = messages<'admin/knowledge-fill-in'>(
  import.meta.glob('../../messages/*/admin/knowledge-fill-in.json', { import: 'default' }),
);
