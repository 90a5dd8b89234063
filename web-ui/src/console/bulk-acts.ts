import { signal } from '@preact/signals';
import type { AgentClient } from '../shared/agent';
import { request } from '../shared/api';
import { newId } from '../shared/ids';
import type { components } from '../shared/rest';
import type { Selection } from './selection';
import { sendHeld } from './undo-send';

export type BulkAct = components['schemas']['BulkAct'];
export type BulkOutcome = components['schemas']['BulkOutcome'];

/** So many conversations at a time, so that the page can tell how far it is. */
const chunk = 50;

/** Neither ends anybody's second thoughts about an answer, nor minds one that comes later. */
const sorting: BulkAct['what'][] = ['label', 'unlabel', 'priority'];

/** It is repeated with the id that it was first sent with. */
interface Part {
  id: string;
  act: BulkAct;
  conversations: string[];
  /** The newest event that the agent has seen of each. */
  seen?: Record<string, number>;
}

/** Acts on many conversations, on their way through them. */
export interface Bulk {
  done: number;
  total: number;
  refused: BulkOutcome[];
  /** What the server has not answered. */
  rest: Part[];
  state: 'going' | 'stopped' | 'done';
}

/** One act after the other: what is begun while another is under way follows it. */
export class BulkActs {
  readonly now = signal<Bulk | undefined>(undefined);

  constructor(private readonly selection: Selection) {}

  /**
   * @param outbox what waits in it for second thoughts goes first, so that no answer arrives after its conversation is
   *     resolved, unless the act only sorts
   * @param seen the newest event of each conversation in the agent's list
   */
  async begin(
    conversations: string[],
    act: BulkAct,
    outbox: AgentClient['outbox'],
    seen: ReadonlyMap<string, number> = new Map(),
  ): Promise<void> {
    const before = this.now.peek();
    const rest = [...(before?.rest ?? [])];
    for (let from = 0; from < conversations.length; from += chunk)
      rest.push(part(conversations.slice(from, from + chunk), act, seen));
    const all = { done: 0, total: 0, refused: [], ...before, rest };
    this.now.value = { ...all, total: all.total + conversations.length, state: 'going' };
    if (before?.state !== 'going') await this.goOn(outbox);
  }

  /** Also after the connection has failed in the middle. */
  async goOn(outbox: AgentClient['outbox']): Promise<void> {
    for (;;) {
      const part = this.now.peek()?.rest[0];
      if (!part) break;
      this.change({ state: 'going' });
      let answered: BulkOutcome[];
      try {
        const goesFirst = !sorting.includes(part.act.what);
        if (goesFirst && !(await sendHeld(outbox, part.conversations)))
          throw new Error('An answer before it is not sent');
        answered = await request<BulkOutcome[]>('/api/conversations/acts', { method: 'POST', json: part });
      } catch {
        this.change({ state: 'stopped' });
        return;
      }
      const { done = 0, refused = [], rest = [] } = this.now.peek() ?? {};
      this.change({
        done: done + part.conversations.length,
        refused: [...refused, ...answered.filter(({ code }) => code !== undefined)],
        rest: rest.slice(1),
      });
      for (const { conversation, code } of answered)
        if (code === undefined) this.selection.drop(conversation);
    }
    if (this.now.peek()?.refused.length) this.change({ state: 'done' });
    else {
      this.now.value = undefined;
      if (this.selection.chosen.peek().size === 0) this.selection.end();
    }
  }

  /** What was refused has been read. */
  read(): void {
    if (this.now.peek()?.state === 'done') this.now.value = undefined;
  }

  /** What has not been done is not to be done. What was refused before that is still to be read. */
  giveUp(): void {
    const now = this.now.peek();
    if (now?.state !== 'stopped') return;
    this.now.value = now.refused.length > 0 ? { ...now, rest: [], state: 'done' } : undefined;
  }

  private change(change: Partial<Bulk>): void {
    const now = this.now.peek();
    if (now) this.now.value = { ...now, ...change };
  }
}

/** Nobody resolves what they have not seen. */
function part(conversations: string[], act: BulkAct, seen: ReadonlyMap<string, number>): Part {
  const known = conversations.flatMap((id) => {
    const sequence = seen.get(id);
    return act.what === 'resolve' && sequence ? [[id, sequence] as const] : [];
  });
  return {
    id: newId(),
    act,
    conversations,
    seen: known.length > 0 ? Object.fromEntries(known) : undefined,
  };
}
