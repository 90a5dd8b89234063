import { messages } from '../../shared/messages';

export const overviewTexts = messages<'admin/overview'>(
  import.meta.glob('../../messages/*/admin/overview.json', { import: 'default' }),
);

export const stepTexts = messages<'admin/overview-steps'>(
  import.meta.glob('../../messages/*/admin/overview-steps.json', { import: 'default' }),
);
