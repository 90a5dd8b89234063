import { messages } from '../shared/messages';

export const formTexts = messages<'form/form'>(
  import.meta.glob('../messages/*/form/form.json', { import: 'default' }),
);
