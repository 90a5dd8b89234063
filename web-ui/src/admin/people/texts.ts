import { messages } from '../../shared/messages';

export const peopleTexts = messages<'admin/people'>(
  import.meta.glob('../../messages/*/admin/people.json', { import: 'default' }),
);
