import { messages } from '../../shared/messages';

export const hoursTexts = messages<'admin/hours'>(
  import.meta.glob('../../messages/*/admin/hours.json', { import: 'default' }),
);
