import { messages } from '../shared/messages';

export const choicesTexts = messages<'widget/choices'>(
  import.meta.glob('../messages/*/widget/choices.json', { import: 'default' }),
);
