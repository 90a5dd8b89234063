import { messages } from './messages';

export const transcriptTexts = messages<'shared/transcript'>(
  import.meta.glob('../messages/*/shared/transcript.json', { import: 'default' }),
);
