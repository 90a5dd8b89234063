import { signal, type Signal } from '@preact/signals';
import { DraftStore, joined } from '../shared/draft-store';
import type { AgentIn, Frame } from '../shared/frames';
import { parsed } from '../shared/json';
import { keeping } from '../shared/storage';
import type { KeptFile } from '../shared/uploads';
import { isOwn, originOf, type Origin } from './origin';

export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  origin?: Origin;
  /** What the agent had typed before taking the reply. */
  typed?: string;
  /** The newest event when it was begun. */
  begunAt?: number;
  /** Files that are uploaded and not sent. */
  attachments?: KeptFile[];
}

interface Known {
  draft: Signal<Draft>;
  store: DraftStore<Draft>;
  /** What other tabs have begun, as one text. */
  elsewhere: Signal<string>;
  /** The agent has been there in this tab, and not only seen it in the inbox. */
  opened: boolean;
}

const empty: Draft = { text: '', mode: 'reply' };

/**
 * What an agent has begun to write, for each conversation and each tab. Survives reloads and the end of a session; what
 * a closed tab has left behind appears where the conversation is opened next.
 */
export class Drafts {
  private readonly known = new Map<string, Known>();
  private readonly keys: string;

  /** @param until when this agent writes here no more, and takes nothing over */
  constructor(agent: string, until?: AbortSignal) {
    this.keys = `replyloop.console.${agent}.draft.`;
    const seen = () => {
      if (document.visibilityState !== 'visible') return;
      for (const [conversation, { opened }] of this.known) if (opened) this.takeOver(conversation);
    };
    const stored = ({ key }: StorageEvent) => {
      if (!key?.startsWith(this.keys)) return;
      const known = this.known.get(key.slice(this.keys.length).split('.')[0] ?? '');
      if (known) known.elsewhere.value = textOf(known.store.others());
    };
    document.addEventListener('visibilitychange', seen, { signal: until });
    window.addEventListener('storage', stored, { signal: until });
  }

  /** What is begun there in any tab. Only to look at: it stays with the tab that has it. */
  begun(conversation: string): string {
    const { draft, elsewhere } = this.look(conversation);
    return draft.value.text.trim() || elsewhere.value;
  }

  of(conversation: string): Signal<Draft> {
    return this.open(conversation).draft;
  }

  write(conversation: string, change: Partial<Draft>): void {
    const { draft, store } = this.open(conversation);
    const next = { ...draft.peek(), ...change };
    if (!next.text.trim()) next.begunAt = undefined;
    if (!next.text.trim() || isOwn(next)) next.origin = next.typed = undefined;
    draft.value = next;
    const worthKeeping = next.text !== '' || next.mode === 'note' || (next.attachments ?? []).length > 0;
    store.keep(worthKeeping ? next : undefined);
  }

  /** What is written next is a reply again: a note is the exception that somebody asks for. */
  clear(conversation: string): void {
    this.write(conversation, {
      text: '',
      origin: undefined,
      typed: undefined,
      mode: 'reply',
      attachments: undefined,
    });
  }

  /** A message that was not sent goes before whatever has been begun since. */
  putBack(frame: Frame<AgentIn, 'send' | 'note'>, begunAt: number | undefined): void {
    const { text, attachments = [] } = this.of(frame.conversation).peek();
    const alone = !text.trim();
    this.write(frame.conversation, {
      text: alone ? frame.text : `${frame.text}\n${text.trimStart()}`,
      mode: frame.type === 'note' ? 'note' : 'reply',
      attachments: [...(frame.attachments ?? []), ...attachments],
      begunAt,
      ...(alone && frame.type === 'send' ? { origin: originOf(frame), typed: frame.typed } : {}),
    });
  }

  private look(conversation: string): Known {
    const known = this.known.get(conversation);
    if (known) return known;
    const store = new DraftStore<Draft>(this.keys + conversation, readOld);
    const made = {
      draft: signal(store.own() ?? empty),
      store,
      elsewhere: signal(textOf(store.others())),
      opened: false,
    };
    this.known.set(conversation, made);
    return made;
  }

  private open(conversation: string): Known {
    const known = this.look(conversation);
    if (!known.opened) {
      known.opened = true;
      this.takeOver(conversation);
    }
    return known;
  }

  private takeOver(conversation: string): void {
    const { draft, store, elsewhere } = this.look(conversation);
    const taking = store.takeOver((left) => {
      if (draft.peek().text.trim() || draft.peek().attachments?.length) return false;
      const [only, ...more] = left;
      if (only && more.length === 0) this.write(conversation, only);
      else {
        // A note in the company of a reply must not reach the customer.
        const mode = left.some((draft) => draft.mode === 'note') ? 'note' : 'reply';
        const attachments = left.flatMap((draft) => draft.attachments ?? []);
        this.write(conversation, { text: textOf(left), mode, attachments });
      }
      return keeping.peek() === 'kept';
    });
    void taking.then(() => (elsewhere.value = textOf(store.others())));
  }
}

function textOf(drafts: Draft[]): string {
  return joined(drafts.map(({ text }) => text));
}

function readOld(text: string): Draft | undefined {
  const draft = parsed<Partial<Draft>>(text);
  return typeof draft?.text === 'string' ? { ...empty, ...draft } : undefined;
}
