import { messages } from '../shared/messages';
import { mentionsTexts } from './mentions-texts';
import type { View } from './inbox-order';
import { consoleTexts } from './texts';

export const inboxTexts = messages<'console/inbox'>(
  import.meta.glob('../messages/*/console/inbox.json', { import: 'default' }),
);

export function viewName(view: View): string {
  const t = inboxTexts();
  if (view === 'snoozed') return t.snoozed;
  if (view === 'mentions') return mentionsTexts().view;
  return view === 'spam' ? t.spam : consoleTexts()[view];
}
