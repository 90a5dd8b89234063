import { messages } from '../../shared/messages';

export const blanksTexts = messages<'admin/history-blanks'>(
  import.meta.glob('../../messages/*/admin/history-blanks.json', { import: 'default' }),
);

/** Why messages of agents became no draft. */
export const unusedTexts = messages<'admin/history-unused'>(
  import.meta.glob('../../messages/*/admin/history-unused.json', { import: 'default' }),
);
