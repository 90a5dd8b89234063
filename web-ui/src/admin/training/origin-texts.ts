import { messages } from '../../shared/messages';

export const originTexts = messages<'admin/training-origin'>(
  import.meta.glob('../../messages/*/admin/training-origin.json', { import: 'default' }),
);
