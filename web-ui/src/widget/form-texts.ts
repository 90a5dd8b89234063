import { messages } from '../shared/messages';

export const formTexts = messages<'widget/form'>(
  import.meta.glob('../messages/*/widget/form.json', { import: 'default' }),
);
