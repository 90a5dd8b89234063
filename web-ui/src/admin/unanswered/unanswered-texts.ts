import { messages } from '../../shared/messages';

export const unansweredTexts = messages<'admin/unanswered'>(
  import.meta.glob('../../messages/*/admin/unanswered.json', { import: 'default' }),
);
