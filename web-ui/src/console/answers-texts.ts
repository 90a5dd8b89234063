import { messages } from '../shared/messages';

export const answersTexts = messages<'console/answers'>(
  import.meta.glob('../messages/*/console/answers.json', { import: 'default' }),
);
