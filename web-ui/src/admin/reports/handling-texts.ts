import { messages } from '../../shared/messages';

export const handlingTexts = messages<'admin/reports-handling'>(
  import.meta.glob('../../messages/*/admin/reports-handling.json', { import: 'default' }),
);
