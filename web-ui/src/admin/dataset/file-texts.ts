import { messages } from '../../shared/messages';

export const fileTexts = messages<'admin/dataset-file'>(
  import.meta.glob('../../messages/*/admin/dataset-file.json', { import: 'default' }),
);
