import { request } from '../shared/api';
import type { Choice } from '../shared/combobox';
import type { Colleague, Summary } from '../shared/frames';
import type { components } from '../shared/rest';
import { handoverTexts } from './handover-texts';

export type Team = components['schemas']['Team'];

/** To whom a conversation can be handed over. */
export interface Target extends Choice {
  to: 'agent' | 'team' | 'queue' | 'everybody';
  target?: string;
  /** Where a person is not there. */
  absent?: 'away' | 'offline';
}

const states = ['available', 'away', 'offline'] as const;

export interface Everybody {
  colleagues: Colleague[];
  teams: Team[];
}

export async function everybody(): Promise<Everybody> {
  const [colleagues, teams] = await Promise.all([
    request<Colleague[]>('/api/colleagues'),
    request<Team[]>('/api/teams'),
  ]);
  return { colleagues, teams };
}

/** The queue first, then teams, then people: those who are there and have least. */
export function targets({ colleagues, teams }: Everybody, summary: Summary, me: string): Target[] {
  const t = handoverTexts();
  const { team, assignee } = summary;
  const found: Target[] = [];
  if (assignee) {
    const name = team ? t.queueOf({ team: team.name }) : t.queue;
    found.push({ value: 'queue', to: 'queue', name, detail: t.queueHint });
  }
  for (const each of teams) {
    if (each.id === team?.id && !assignee) continue;
    const detail = t.team({ members: each.members.length });
    found.push({ value: `team ${each.id}`, to: 'team', target: each.id, name: each.name, detail });
  }
  if (team) found.push({ value: 'everybody', to: 'everybody', name: t.everybody, detail: t.everybodyHint });
  const people = colleagues
    .filter(({ id }) => id !== assignee?.id)
    .sort((one, other) => states.indexOf(one.state) - states.indexOf(other.state) || one.open - other.open);
  for (const { id, name, state, open } of people) {
    found.push({
      value: `agent ${id}`,
      to: 'agent',
      target: id,
      name: id === me ? `${name} (${t.you})` : name,
      detail: t.holds({ state: t.state({ state }), open }),
      absent: state === 'available' ? undefined : state,
    });
  }
  return found;
}

/** Those whose name has all the words. */
export function fitting(all: Target[], typed: string): Target[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
}
