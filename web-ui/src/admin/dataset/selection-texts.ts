import { messages } from '../../shared/messages';

export const selectionTexts = messages<'admin/dataset-selection'>(
  import.meta.glob('../../messages/*/admin/dataset-selection.json', { import: 'default' }),
);
