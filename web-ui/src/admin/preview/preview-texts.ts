import { messages } from '../../shared/messages';

export const previewTexts = messages<'admin/site-preview'>(
  import.meta.glob('../../messages/*/admin/site-preview.json', { import: 'default' }),
);
