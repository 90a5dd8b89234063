import { messages } from '../../shared/messages';

export const erasedImportsTexts = messages<'admin/privacy-erased-imports'>(
  import.meta.glob('../../messages/*/admin/privacy-erased-imports.json', { import: 'default' }),
);

/** What went with a customer beside what was here. */
export const erasedImportKinds = messages<'admin/privacy-erased-import-kinds'>(
  import.meta.glob('../../messages/*/admin/privacy-erased-import-kinds.json', { import: 'default' }),
);
