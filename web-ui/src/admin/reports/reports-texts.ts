import { messages } from '../../shared/messages';

export const reportTexts = messages<'admin/reports'>(
  import.meta.glob('../../messages/*/admin/reports.json', { import: 'default' }),
);
