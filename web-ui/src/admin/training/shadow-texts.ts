import { messages } from '../../shared/messages';

export const shadowTexts = messages<'admin/training-shadow'>(
  import.meta.glob('../../messages/*/admin/training-shadow.json', { import: 'default' }),
);
