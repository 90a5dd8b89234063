import { messages } from '../shared/messages';

export const sampleTexts = messages<'preview/sample'>(
  import.meta.glob('../messages/*/preview/sample.json', { import: 'default' }),
);
