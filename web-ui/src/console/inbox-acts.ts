import type { Priority } from '../shared/frames';
import { newId } from '../shared/ids';
import type { BulkAct } from './bulk-acts';
import type { Asking } from './inbox';
import type { Workspace } from './workspace';

/** One conversation by the socket, which also works through a bad connection; more of them together. */
export function act(workspace: Workspace, conversations: string[], wanted: BulkAct): void {
  const [only, ...others] = conversations;
  if (only === undefined) return;
  if (others.length > 0) void actOnMany(workspace, conversations, wanted);
  else actOnOne(workspace, only, wanted);
}

function actOnMany(workspace: Workspace, conversations: string[], wanted: BulkAct): Promise<void> {
  const { inbox, client } = workspace;
  const seen = new Map(
    conversations.flatMap((id) => {
      const summary = summaryOf(workspace, id);
      return summary ? [[id, summary.lastSequence] as const] : [];
    }),
  );
  return inbox.bulk.begin(conversations, wanted, client.outbox, seen);
}

function actOnOne(
  { client }: Workspace,
  conversation: string,
  { what, label, priority, until }: BulkAct,
): void {
  const frame = { id: newId(), conversation };
  switch (what) {
    case 'label':
    case 'unlabel':
      if (label) client.act({ type: 'label', ...frame, label, on: what === 'label' });
      return;
    case 'priority':
      if (priority) client.act({ type: 'priority', ...frame, priority });
      return;
    case 'snooze':
    case 'wake':
      client.act({ type: 'snooze', ...frame, until: what === 'snooze' ? until : undefined });
      return;
    case 'spam':
    case 'no-spam':
      client.act({ type: 'spam', ...frame, spam: what === 'spam' });
      return;
    case 'resolve':
    case 'reopen':
      client.act({ type: 'status', ...frame, status: what === 'resolve' ? 'resolved' : 'open' });
      return;
    case 'take':
    case 'release':
      client.act({ type: what, ...frame });
  }
}

/** What a key or a button means: what is chosen in the list, or else the conversation that is open. */
export function meant({ inbox, selected }: Workspace): string[] {
  const chosen = [...inbox.selection.chosen.peek()];
  const open = selected.peek();
  return chosen.length > 0 ? chosen : open === undefined ? [] : [open];
}

export function ask(workspace: Workspace, about: Exclude<Asking['about'], 'handover'>): void {
  const conversations = meant(workspace);
  if (conversations.length > 0) workspace.inbox.asking.value = { about, conversations };
}

export function toggleSpam(workspace: Workspace): void {
  const conversations = meant(workspace);
  const all = conversations.every((id) => summaryOf(workspace, id)?.triage?.spam);
  act(workspace, conversations, { what: all ? 'no-spam' : 'spam' });
}

export function summaryOf(workspace: Workspace, id: string) {
  const open = workspace.thread.peek()?.summary.peek();
  return workspace.inbox.find(id) ?? (open?.id === id ? open : undefined);
}

export function setPriority(workspace: Workspace, conversations: string[], priority: Priority): void {
  act(workspace, conversations, { what: 'priority', priority });
}

export interface SnoozeChoice {
  name: 'hour' | 'evening' | 'tomorrow' | 'week';
  until: Date;
}

const evening = 18;
const morning = 9;

/** By the agent's clock; an evening that has begun is none to wait for. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const toMonday = (8 - now.getDay()) % 7 || 7;
  const choices: SnoozeChoice[] = [
    { name: 'hour', until: new Date(now.getTime() + 3_600_000) },
    { name: 'evening', until: at(0, evening) },
    { name: 'tomorrow', until: at(1, morning) },
    { name: 'week', until: at(toMonday, morning) },
  ];
  return choices.filter(
    ({ name, until }) => name !== 'evening' || until.getTime() - now.getTime() > 3_600_000,
  );
}

/** By key: the conversation that is open joins what is chosen, or leaves it. */
export function chooseOpen({ inbox, selected }: Workspace): void {
  const open = selected.peek();
  if (open !== undefined) inbox.selection.toggle(open);
}

/** Nothing is chosen any more, and what was refused has been read. */
export function endChoice({ inbox }: Workspace): void {
  inbox.selection.end();
  inbox.bulk.read();
}
