import { messages } from '../shared/messages';

export const decisionTexts = messages<'admin/decision'>(
  import.meta.glob('../messages/*/admin/decision.json', { import: 'default' }),
);
