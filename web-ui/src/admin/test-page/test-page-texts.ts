import { messages } from '../../shared/messages';

export const testPageTexts = messages<'admin/site-test'>(
  import.meta.glob('../../messages/*/admin/site-test.json', { import: 'default' }),
);
