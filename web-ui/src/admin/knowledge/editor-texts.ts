import { messages } from '../../shared/messages';

export const editorTexts = messages<'admin/knowledge-editor'>(
  import.meta.glob('../../messages/*/admin/knowledge-editor.json', { import: 'default' }),
);
