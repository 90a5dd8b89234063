import { messages } from '../../shared/messages';

export const frequentTexts = messages<'admin/frequent'>(
  import.meta.glob('../../messages/*/admin/frequent.json', { import: 'default' }),
);
