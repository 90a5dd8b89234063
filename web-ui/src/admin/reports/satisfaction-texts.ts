import { messages } from '../../shared/messages';

export const satisfactionTexts = messages<'admin/reports-satisfaction'>(
  import.meta.glob('../../messages/*/admin/reports-satisfaction.json', { import: 'default' }),
);
