import { messages } from '../../shared/messages';

export const versionTexts = messages<'admin/knowledge-versions'>(
  import.meta.glob('../../messages/*/admin/knowledge-versions.json', { import: 'default' }),
);
