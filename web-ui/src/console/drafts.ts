import { signal, type Signal } from '@preact/signals';
import { DraftStore, joined } from '../shared/draft-store';
import { keeping } from '../shared/storage';

export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  /** The suggestion that the text was made from. */
  origin?: { impression: string; reply: string; title: string };
}

interface Opened {
  draft: Signal<Draft>;
  store: DraftStore<Draft>;
}

const empty: Draft = { text: '', mode: 'reply' };

/**
 * What an agent has begun to write, for each conversation and each tab. Survives reloads and the end of a session; what
 * a closed tab has left behind appears where the conversation is opened next.
 */
export class Drafts {
  private readonly opened = new Map<string, Opened>();

  constructor(private readonly agent: string) {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      for (const conversation of this.opened.keys()) this.takeOver(conversation);
    });
  }

  of(conversation: string): Signal<Draft> {
    return this.open(conversation).draft;
  }

  write(conversation: string, change: Partial<Draft>): void {
    const { draft, store } = this.open(conversation);
    const next = { ...draft.peek(), ...change };
    if (!next.text.trim()) next.origin = undefined;
    draft.value = next;
    const worthKeeping = next.text !== '' || next.mode === 'note';
    store.keep(worthKeeping ? next : undefined);
  }

  clear(conversation: string): void {
    this.write(conversation, { text: '', origin: undefined });
  }

  private open(conversation: string): Opened {
    const known = this.opened.get(conversation);
    if (known) return known;
    const store = new DraftStore<Draft>(
      `replyloop.console.${this.agent}.draft.${conversation}`,
      (text) => JSON.parse(text) as Draft,
    );
    const opened = { draft: signal(store.own() ?? empty), store };
    this.opened.set(conversation, opened);
    this.takeOver(conversation);
    return opened;
  }

  private takeOver(conversation: string): void {
    const opened = this.opened.get(conversation);
    void opened?.store.takeOver((left) => {
      if (opened.draft.peek().text.trim()) return false;
      const [only, ...more] = left;
      if (only && more.length === 0) this.write(conversation, only);
      else {
        // A note in the company of a reply must not reach the customer.
        const mode = left.some((draft) => draft.mode === 'note') ? 'note' : 'reply';
        this.write(conversation, { text: joined(left.map(({ text }) => text)), mode });
      }
      return keeping.peek() === 'kept';
    });
  }
}
