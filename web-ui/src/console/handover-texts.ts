import { messages } from '../shared/messages';

export const handoverTexts = messages<'console/handover'>(
  import.meta.glob('../messages/*/console/handover.json', { import: 'default' }),
);
