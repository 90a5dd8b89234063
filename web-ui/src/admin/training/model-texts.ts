import { messages } from '../../shared/messages';

export const modelTexts = messages<'admin/training-model'>(
  import.meta.glob('../../messages/*/admin/training-model.json', { import: 'default' }),
);
