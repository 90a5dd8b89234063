import { messages } from './messages';

export const transcriptTexts = messages<'team/transcript'>(
  import.meta.glob('../messages/*/team/transcript.json', { import: 'default' }),
);
