import type { AgentEvent } from '../shared/frames';
import { dateAndTime } from '../shared/language';
import { inboxTexts } from './inbox-texts';
import { consoleTexts } from './texts';

/** An act of the inbox in a line. */
export function actText({ act, author }: Pick<AgentEvent, 'act' | 'author'>): string {
  const t = inboxTexts();
  const name = author.name || consoleTexts().system;
  const label = act?.name || t.deletedLabel;
  switch (act?.what) {
    case 'labelled':
      return t.didLabel({ name, label });
    case 'unlabelled':
      return t.didUnlabel({ name, label });
    case 'priority':
      return t.didPriority({ name, priority: t.priorities[act.priority ?? 'normal'] });
    case 'snoozed':
      return t.didSnooze({ name, time: act.until ? dateAndTime(act.until) : '' });
    case 'woken':
      return author.kind === 'system' ? t.cameBack : t.didWake({ name });
    case 'spam':
      return t.didSpam({ name });
    case 'no-spam':
      return t.didNoSpam({ name });
    case undefined:
      return '';
  }
}
