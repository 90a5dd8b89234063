import { messages } from '../../shared/messages';

/** What exports say of themselves: tables and filters, by their names on the wire. */
export const exportTexts = messages<'admin/audit-export'>(
  import.meta.glob('../../messages/*/admin/audit-export.json', { import: 'default' }),
);

export const exportFieldTexts = messages<'admin/audit-export-field'>(
  import.meta.glob('../../messages/*/admin/audit-export-field.json', { import: 'default' }),
);

export const exportLanguageTexts = messages<'admin/audit-export-language'>(
  import.meta.glob('../../messages/*/admin/audit-export-language.json', { import: 'default' }),
);

export const exportTableTexts = messages<'admin/audit-export-table'>(
  import.meta.glob('../../messages/*/admin/audit-export-table.json', { import: 'default' }),
);
