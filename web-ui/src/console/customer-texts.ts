import { messages } from '../shared/messages';

export const customerTexts = messages<'console/customer'>(
  import.meta.glob('../messages/*/console/customer.json', { import: 'default' }),
);
