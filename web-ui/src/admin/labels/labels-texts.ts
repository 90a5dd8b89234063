import { messages } from '../../shared/messages';

export const labelTexts = messages<'admin/labels'>(
  import.meta.glob('../../messages/*/admin/labels.json', { import: 'default' }),
);
