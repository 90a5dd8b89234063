import { signal, type Signal } from '@preact/signals';
import { recallJson, remember } from '../shared/storage';

export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  origin?: Origin;
  /** The newest event when it was begun. */
  begunAt?: number;
}

/** What the text was made from: a suggestion of that impression, or without one a canned reply. */
export interface Origin {
  impression?: string;
  reply: string;
  title?: string;
}

const empty: Draft = { text: '', mode: 'reply' };

/** What an agent has begun to write, for each conversation. Survives reloads and the end of a session. */
export class Drafts {
  private readonly open = new Map<string, Signal<Draft>>();

  constructor(private readonly agent: string) {}

  of(conversation: string): Signal<Draft> {
    const known = this.open.get(conversation);
    if (known) return known;
    const draft = signal(recallJson<Draft>(this.key(conversation)) ?? empty);
    this.open.set(conversation, draft);
    return draft;
  }

  write(conversation: string, change: Partial<Draft>): void {
    const draft = this.of(conversation);
    const next = { ...draft.peek(), ...change };
    if (!next.text.trim()) next.origin = next.begunAt = undefined;
    draft.value = next;
    const worthKeeping = next.text !== '' || next.mode === 'note';
    remember(this.key(conversation), worthKeeping ? JSON.stringify(next) : undefined);
  }

  clear(conversation: string): void {
    this.write(conversation, { text: '', origin: undefined });
  }

  private key(conversation: string): string {
    return `replyloop.console.${this.agent}.draft.${conversation}`;
  }
}
