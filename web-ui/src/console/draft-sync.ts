import type { AgentIn, Frame, StoredDraft } from '../shared/frames';
import { newId } from '../shared/ids';
import { tabId } from '../shared/tabs';
import type { Draft } from './drafts';

/** After so long without a key, and at the latest after so long: a crash of anything costs less than a second of typing. */
const pause = 350;
const longest = 800;
const tryAgainAfter = 2_000;
const largestFrame = 30_000;
const retryable = new Set(['unavailable', 'rate-limited']);

/** Of one conversation: what is under way between this tab and the server. */
interface Traffic {
  timer?: ReturnType<typeof setTimeout>;
  /** When the first change was made that is not sent. */
  since?: number;
  sent?: { version: string; editedAt: number | undefined; text: string };
  /** What other devices have saved while this tab had changes of its own. */
  missed?: { stored: StoredDraft | undefined; revision: number };
  revision: number;
  /** Whether the server has said what it has. */
  known?: true;
}

/** The drafts of this tab. */
export interface DraftShelf {
  peek(conversation: string): Draft;
  /** As it is, without it counting as a change of the agent's. */
  put(conversation: string, draft: Draft): void;
  /** The conversations in which something is not saved. */
  unsaved(): string[];
}

/**
 * Saves what an agent writes on the server while it is written, and takes over what their other devices and tabs save. The
 * browser's own storage comes first: without a connection, everything is there and is saved later.
 */
export class DraftSync {
  private readonly traffic = new Map<string, Traffic>();

  /**
   * @param transmit returns whether there is a connection
   * @param beingSent whether a message that was written as this draft waits in the outbox
   */
  constructor(
    private readonly shelf: DraftShelf,
    private readonly transmit: (frame: Frame<AgentIn, 'draft'>) => boolean,
    private readonly beingSent: (version: string) => boolean,
    until?: AbortSignal,
  ) {
    const saveAll = () => {
      for (const conversation of this.shelf.unsaved()) this.save(conversation);
    };
    const leaves = () => {
      if (document.visibilityState === 'hidden') saveAll();
    };
    document.addEventListener('visibilitychange', leaves, { signal: until });
    window.addEventListener('pagehide', saveAll, { signal: until });
  }

  /** The agent has typed. */
  changed(conversation: string): void {
    const traffic = this.of(conversation);
    traffic.since ??= Date.now();
    const wait = Math.max(0, Math.min(pause, traffic.since + longest - Date.now()));
    this.saveAfter(conversation, wait);
  }

  /** The server is there: it gets what it does not have. */
  connected(): void {
    for (const conversation of this.shelf.unsaved()) this.save(conversation);
  }

  /** Whatever is under way may have arrived or not, and is sent again. */
  disconnected(): void {
    for (const traffic of this.traffic.values()) {
      traffic.sent = traffic.missed = undefined;
      traffic.revision = 0;
      traffic.known = undefined;
    }
  }

  /** Whether the server has said what it has. */
  knows(conversation: string): boolean {
    return this.of(conversation).known === true;
  }

  save(conversation: string): void {
    const traffic = this.of(conversation);
    clearTimeout(traffic.timer);
    traffic.since = undefined;
    const draft = this.shelf.peek(conversation);
    const frame = draft.unsaved ? frameOf(conversation, draft) : undefined;
    if (frame && this.transmit(frame))
      traffic.sent = { version: frame.id, editedAt: draft.editedAt, text: draft.text };
  }

  /** A message is made of the draft. Returns the version that the server may have of it. */
  leaves(conversation: string): string | undefined {
    const traffic = this.of(conversation);
    clearTimeout(traffic.timer);
    const version = traffic.sent?.version ?? this.shelf.peek(conversation).version;
    traffic.since = traffic.sent = undefined;
    return version;
  }

  /** What the server has; in answer to a save, too. */
  arrived(conversation: string, stored: StoredDraft | undefined, revision = stored?.revision): void {
    const traffic = this.of(conversation);
    // An empty draft leaves nothing that could say which save it answers.
    traffic.known = true;
    const answers = stored ? stored.id === traffic.sent?.version : traffic.sent?.text.trim() === '';
    if (!answers && revision !== undefined && revision < traffic.revision) return;
    traffic.revision = Math.max(traffic.revision, revision ?? 0);
    if (stored && this.beingSent(stored.id)) return;
    if (answers) this.answered(conversation, traffic, stored);
    else if (stored?.client === tabId()) this.ownArrived(conversation, traffic, stored);
    else if (traffic.sent || this.shelf.peek(conversation).unsaved)
      traffic.missed = { stored, revision: revision ?? traffic.revision };
    else this.takes(conversation, stored);
  }

  /** Returns whether it was a save. */
  refused(version: string, code: string, retryAfter = tryAgainAfter): boolean {
    const found = [...this.traffic].find(([, { sent }]) => sent?.version === version);
    if (!found) return false;
    const [conversation, traffic] = found;
    traffic.sent = undefined;
    // Otherwise it stays in this browser until it is changed.
    if (retryable.has(code)) this.saveAfter(conversation, retryAfter);
    return true;
  }

  private answered(conversation: string, traffic: Traffic, stored: StoredDraft | undefined): void {
    const draft = this.shelf.peek(conversation);
    const { sent, missed } = traffic;
    traffic.sent = traffic.missed = undefined;
    const unchanged = draft.editedAt === sent?.editedAt;
    if (!stored) {
      const unsaved = unchanged ? undefined : draft.unsaved;
      this.shelf.put(conversation, { ...draft, version: undefined, unsaved });
      return;
    }
    if (!unchanged) {
      // What another device had is put aside, and not written over by what was typed meanwhile.
      const other = stored.text === sent?.text ? stored.aside : bothOf(stored.aside, stored);
      this.shelf.put(conversation, { ...draft, version: stored.id, aside: other ?? draft.aside });
    } else if (missed && missed.revision > stored.revision) {
      this.shelf.put(conversation, { ...draft, version: stored.id, unsaved: undefined });
      this.takes(conversation, missed.stored);
    } else this.takes(conversation, stored);
  }

  /** Saved by this tab, before a reload or a moment ago. */
  private ownArrived(conversation: string, traffic: Traffic, stored: StoredDraft): void {
    const draft = this.shelf.peek(conversation);
    if (!draft.text.trim() && !draft.unsaved) return this.takes(conversation, stored);
    this.shelf.put(conversation, { ...draft, version: stored.id, aside: draft.aside ?? stored.aside });
    if (!traffic.sent && !draft.unsaved && draft.text !== stored.text) this.claim(conversation);
  }

  /** Nothing of this tab's own is lost: it has no changes that the server does not know. */
  private takes(conversation: string, stored: StoredDraft | undefined): void {
    const draft = this.shelf.peek(conversation);
    const { attachments } = draft;
    if (stored) {
      const { id, age, mode, text, origin, typed, begunAt, choices, aside } = stored;
      this.shelf.put(conversation, {
        text,
        mode: text ? mode : draft.mode,
        origin,
        typed,
        begunAt,
        choices,
        aside,
        version: id,
        editedAt: Date.now() - age,
        attachments,
      });
    } else if (draft.version !== undefined)
      // It was sent or emptied elsewhere.
      this.shelf.put(conversation, { text: '', mode: draft.text ? 'reply' : draft.mode, attachments });
    else if (draft.text.trim()) this.claim(conversation);
  }

  /** Written before the server knew of drafts, or while it took none. */
  private claim(conversation: string): void {
    const draft = this.shelf.peek(conversation);
    if (!draft.text.trim()) return;
    this.shelf.put(conversation, { ...draft, unsaved: true });
    this.changed(conversation);
  }

  private saveAfter(conversation: string, wait: number): void {
    const traffic = this.of(conversation);
    clearTimeout(traffic.timer);
    traffic.timer = setTimeout(() => this.save(conversation), wait);
  }

  private of(conversation: string): Traffic {
    const known = this.traffic.get(conversation);
    if (known) return known;
    const made: Traffic = { revision: 0 };
    this.traffic.set(conversation, made);
    return made;
  }
}

/** Undefined for one that is too long to be sent, and stays in this browser. */
function frameOf(conversation: string, draft: Draft): Frame<AgentIn, 'draft'> | undefined {
  const { text, mode, origin, typed, begunAt, choices, version, editedAt, aside } = draft;
  const frame: Frame<AgentIn, 'draft'> = {
    type: 'draft',
    id: newId(),
    conversation,
    client: tabId(),
    base: version,
    age: Math.max(0, Date.now() - (editedAt ?? Date.now())),
    mode,
    text,
    origin,
    typed,
    begunAt,
    choices: choices?.length ? choices : undefined,
    aside,
  };
  const fits = (some: object) => new TextEncoder().encode(JSON.stringify(some)).length <= largestFrame;
  if (fits(frame)) return frame;
  const shorter = { ...frame, origin: origin && { ...origin, text: undefined } };
  return fits(shorter) ? shorter : undefined;
}

/** What stood beside a note is one: it must not reach the customer by mistake. */
export function bothOf(
  older: Draft['aside'],
  newer: Pick<Draft, 'text' | 'mode'>,
): { text: string; mode: 'reply' | 'note' } {
  if (!older || newer.text.includes(older.text.trim())) return { text: newer.text, mode: newer.mode };
  if (older.text.includes(newer.text.trim())) return older;
  const mode = older.mode === 'note' || newer.mode === 'note' ? 'note' : 'reply';
  return { text: `${older.text.trimEnd()}\n\n${newer.text}`, mode };
}
