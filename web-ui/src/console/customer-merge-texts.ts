import { messages } from '../shared/messages';

export const mergeTexts = messages<'console/customer-merge'>(
  import.meta.glob('../messages/*/console/customer-merge.json', { import: 'default' }),
);
