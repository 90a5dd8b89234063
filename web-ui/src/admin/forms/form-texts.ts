import { messages } from '../../shared/messages';

export const formTexts = messages<'admin/forms'>(
  import.meta.glob('../../messages/*/admin/forms.json', { import: 'default' }),
);
