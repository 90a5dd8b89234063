import { signal, type Signal } from '@preact/signals';
import { DraftStore, joined } from '../shared/draft-store';
import type { AgentClient } from '../shared/agent';
import type { AgentIn, Frame } from '../shared/frames';
import { parsed } from '../shared/json';
import { keeping } from '../shared/storage';
import type { KeptFile } from '../shared/uploads';
import { bothOf, DraftSync } from './draft-sync';
import { mentionsOf } from './mentions';
import { isOwn, originOf, type Origin } from './origin';

export interface Draft {
  text: string;
  mode: 'reply' | 'note';
  origin?: Origin;
  /** What the agent had typed before taking the reply. */
  typed?: string;
  /** The newest event when it was begun. */
  begunAt?: number;
  /** Short answers to be offered with it; a note offers none. */
  choices?: string[];
  /** Those that came with a reply that was put there; the others are the agent's own. */
  cameAlong?: string[];
  /** Files that are uploaded and not sent. They stay with this browser. */
  attachments?: KeptFile[];
  /** What another device had written at the same time, until the agent has dealt with it. */
  aside?: { text: string; mode: 'reply' | 'note' };
  /** What the server has of it. */
  version?: string;
  /** Changed since. */
  unsaved?: true;
  editedAt?: number;
}

/** The connection over which drafts are saved. */
export interface DraftWire {
  transmit: (frame: Frame<AgentIn, 'draft'>) => boolean;
  /** Whether a message that was written as this draft waits to be sent. */
  beingSent: (version: string) => boolean;
}

interface Known {
  draft: Signal<Draft>;
  store: DraftStore<Draft>;
  /** What other tabs have begun, as one text. */
  elsewhere: Signal<string>;
  /** The agent has been there in this tab, and not only seen it in the inbox. */
  opened: boolean;
}

/** As the server has it. */
export const mostChoices = 5;

const empty: Draft = { text: '', mode: 'reply' };

/**
 * What an agent has begun to write, for each conversation: kept by this tab in the browser first, and saved on the server for
 * all devices. Survives reloads and the end of a session; what a closed tab has left behind appears where the conversation is
 * opened next.
 */
export class Drafts {
  private readonly known = new Map<string, Known>();
  private readonly keys: string;
  readonly sync: DraftSync;

  /** @param until when this agent writes here no more, and takes nothing over */
  constructor(agent: string, until?: AbortSignal, wire: DraftWire = nowhere) {
    this.sync = new DraftSync(this, wire.transmit, wire.beingSent, until);
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
    const before = this.open(conversation).draft.peek();
    const next = { ...before, ...change };
    if (!next.text.trim()) next.begunAt = undefined;
    if (!next.text.trim() || isOwn(next)) next.origin = next.typed = undefined;
    if (sameWords(before, next)) this.put(conversation, next);
    else {
      this.put(conversation, { ...next, unsaved: true, editedAt: Date.now() });
      this.sync.changed(conversation);
    }
  }

  peek(conversation: string): Draft {
    return this.look(conversation).draft.peek();
  }

  /** As it is, without it counting as a change of the agent's. */
  put(conversation: string, next: Draft): void {
    const { draft, store } = this.look(conversation);
    draft.value = next;
    const { text, mode, attachments = [], choices = [], aside, unsaved } = next;
    const written = text !== '' || mode === 'note' || attachments.length > 0 || choices.length > 0;
    const worthKeeping = written || aside || unsaved;
    store.keep(worthKeeping ? next : undefined);
  }

  unsaved(): string[] {
    return [...this.known].flatMap(([id, { draft }]) => (draft.peek().unsaved ? [id] : []));
  }

  /**
   * A message is made of it. Returns what goes with the message: the version that the server may have of the draft, the
   * answers that a reply offers, and whom a note mentions.
   */
  take(conversation: string): { draft?: string; choices?: string[]; mentions?: string[] } {
    const version = this.sync.leaves(conversation);
    const { aside, text, mode, choices } = this.peek(conversation);
    // A note does not take the answers that are prepared for the reply.
    this.put(conversation, { ...empty, aside, ...(mode === 'note' && choices ? { choices } : {}) });
    return {
      ...(version === undefined ? {} : { draft: version }),
      ...(mode === 'reply' && choices?.length ? { choices } : {}),
      ...(mode === 'note' ? mentionsOf(text) : {}),
    };
  }

  /** The conversation is gone. */
  forget(conversation: string): void {
    this.sync.leaves(conversation);
    this.put(conversation, empty);
  }

  /** What another device had written comes before whatever has been written since, or goes. */
  settleAside(conversation: string, how: 'add' | 'discard'): void {
    const { aside, text, mode } = this.peek(conversation);
    if (!aside) return;
    const added = text.trim() ? bothOf(aside, { text, mode }) : aside;
    this.write(conversation, { ...(how === 'add' ? added : {}), aside: undefined });
  }

  /** What is written next is a reply again: a note is the exception that somebody asks for. */
  clear(conversation: string): void {
    this.write(conversation, {
      text: '',
      origin: undefined,
      typed: undefined,
      mode: 'reply',
      attachments: undefined,
      choices: undefined,
    });
  }

  /** A message that was not sent goes before whatever has been begun since. */
  putBack(frame: Frame<AgentIn, 'send' | 'note'>, begunAt: number | undefined): void {
    const { text, mode, attachments = [], choices } = this.of(frame.conversation).peek();
    const alone = !text.trim();
    this.write(frame.conversation, {
      text: alone ? frame.text : `${frame.text}\n${text.trimStart()}`,
      // A note in the company of a reply must not reach the customer.
      mode: frame.type === 'note' || (!alone && mode === 'note') ? 'note' : 'reply',
      attachments: [...(frame.attachments ?? []), ...attachments],
      choices: (frame.type === 'send' ? frame.choices : undefined) ?? choices,
      begunAt,
      version: frame.draft ?? this.peek(frame.conversation).version,
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

  /** What a closed tab could not save and what came from the server: the newer stays, the other one is put aside. */
  private meets(conversation: string, left: Draft): void {
    const here = this.peek(conversation);
    const follows = left.version !== undefined && left.version === here.version;
    const newer = follows || (left.editedAt ?? 0) >= (here.editedAt ?? 0);
    const [kept, other] = newer ? [left, here] : [here, left];
    const isIn = follows || kept.text.includes(other.text.trim());
    this.write(conversation, {
      ...kept,
      version: here.version,
      aside: isIn ? here.aside : bothOf(here.aside, other),
    });
  }

  private takeOver(conversation: string): void {
    const { draft, store, elsewhere } = this.look(conversation);
    const taking = store.takeOver((left) => {
      // What the server has said is newer than what a closed tab knew of it.
      const unknown = left.filter(
        ({ version, unsaved }) => unsaved || !version || !this.sync.knows(conversation),
      );
      if (unknown.length === 0) return true;
      const here = draft.peek();
      if (here.attachments?.length) return false;
      const [only, ...more] = unknown;
      if (here.text.trim()) {
        if (here.unsaved) return false;
        for (const each of unknown) this.meets(conversation, each);
        return keeping.peek() === 'kept';
      }
      const saved = only?.version !== undefined && !only.unsaved;
      if (only && more.length === 0 && saved) this.put(conversation, only);
      else if (only && more.length === 0) this.write(conversation, only);
      else {
        // A note in the company of a reply must not reach the customer.
        const mode = unknown.some((draft) => draft.mode === 'note') ? 'note' : 'reply';
        const attachments = unknown.flatMap((draft) => draft.attachments ?? []);
        const offered = [here, ...unknown].flatMap((draft) => draft.choices ?? []);
        const choices = offered.length > 0 ? [...new Set(offered)].slice(0, mostChoices) : undefined;
        this.write(conversation, { text: textOf(unknown), mode, attachments, choices });
      }
      return keeping.peek() === 'kept';
    });
    void taking.then(() => (elsewhere.value = textOf(store.others())));
  }
}

/** The connection of the console. */
export function wireOf(client: () => AgentClient): DraftWire {
  return {
    transmit: (frame) => client().connection.send(frame),
    beingSent: (version) =>
      client()
        .outbox.entries.peek()
        .some(({ frame }) => 'draft' in frame && frame.draft === version),
  };
}

/** A tab that has no connection. */
const nowhere: DraftWire = { transmit: () => false, beingSent: () => false };

/** Whether the server would be told nothing new. */
function sameWords(one: Draft, other: Draft): boolean {
  const told = ({ text, mode, origin, typed, begunAt, choices, aside }: Draft) =>
    JSON.stringify([text, text.trim() ? [mode, origin, typed, begunAt, choices] : [], aside]);
  return told(one) === told(other);
}

function textOf(drafts: Draft[]): string {
  return joined(drafts.map(({ text }) => text));
}

function readOld(text: string): Draft | undefined {
  const draft = parsed<Partial<Draft>>(text);
  return typeof draft?.text === 'string' ? { ...empty, ...draft } : undefined;
}
