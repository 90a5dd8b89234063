import { messages } from '../../shared/messages';

/** What an action begins with, before the dot. */
export const groupTexts = messages<'admin/audit-group'>(
  import.meta.glob('../../messages/*/admin/audit-group.json', { import: 'default' }),
);

export const actionTexts = messages<'admin/audit-action'>(
  import.meta.glob('../../messages/*/admin/audit-action.json', { import: 'default' }),
);
