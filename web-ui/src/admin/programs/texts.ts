import { messages } from '../../shared/messages';

export const programTexts = messages<'admin/programs'>(
  import.meta.glob('../../messages/*/admin/programs.json', { import: 'default' }),
);
