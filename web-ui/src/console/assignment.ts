import type { AgentEntry } from '../shared/agent';
import { handoverTexts } from './handover-texts';
import { consoleTexts } from './texts';

/** A change of whoever holds the conversation, in a line. */
export function assignmentText({ author, assignee, team }: Pick<AgentEntry, 'author' | 'assignee' | 'team'>) {
  const t = handoverTexts();
  const by = author.name || consoleTexts().system;
  if (team)
    return author.kind === 'system' ? t.nowTeam({ team: team.name }) : t.toTeam({ by, team: team.name });
  if (!assignee) return author.kind === 'system' ? t.lapsed : consoleTexts().gaveBack;
  const { id, name } = assignee;
  if (author.kind === 'system') return t.assigned({ name });
  return author.id === id ? consoleTexts().tookIt({ name }) : t.given({ by, name });
}
