import { messages } from '../shared/messages';

export const exportTexts = messages<'console/export'>(
  import.meta.glob('../messages/*/console/export.json', { import: 'default' }),
);
