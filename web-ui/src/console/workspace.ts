import { batch, computed, effect, signal } from '@preact/signals';
import { AgentClient, type AgentThread } from '../shared/agent';
import { isLeaving, session, sessionEnded, type Session } from '../shared/api';
import { webSocket } from '../shared/connection';
import type { RejectReason, Suggestion, Suggestions, Summary } from '../shared/frames';
import { newId } from '../shared/ids';
import { watchBrowser } from '../shared/lifeline';
import type { Refusal } from '../shared/outbox';
import { storedOutbox } from '../shared/storage';
import { toBeFilledIn } from '../shared/to-fill-in';
import { stopAwaiting } from './advance';
import { CannedReplies, type CannedReply } from './canned';
import { Drafts, wireOf, type Draft } from './drafts';
import { forget } from './erase';
import { filledFor } from './filled';
import { Inbox } from './inbox';
import { KnowledgeSearch, searchedFor, type FoundReply } from './knowledge-search';
import { showRefusal, type Notice } from './notice';
import { offeredWith } from './offered';
import { rejection, told, typedBefore, type Origin } from './origin';
import { overtaken, seenBy, type Overtaken } from './overtaking';
import { replaced, type Doubt, type Question, type Replacement } from './questions';
import { ScreenTime } from './screen-time';
import { follow, MessageSearch } from './search';
import { consoleTexts } from './texts';
import { ThreadFiles, withFiles } from './thread-files';
import { whyNotOpened } from './turned-away';
import { hold, sendsAtLast } from './undo-send';

const socket = '/ws/agent';

const noticeFor = 15_000;

/** Everything that an agent has in front of them, and all that they can do; the components only show it. */
export class Workspace {
  readonly client: AgentClient;
  readonly inbox: Inbox;
  readonly drafts: Drafts;
  readonly files: ThreadFiles;
  readonly selected = signal<string | undefined>(undefined);
  readonly contextShown = signal(false);
  readonly canned = new CannedReplies();
  readonly search = new KnowledgeSearch();
  readonly messages = new MessageSearch();
  readonly screen = new ScreenTime();
  readonly replacement = signal<Replacement | undefined>(undefined);
  readonly question = signal<Question | undefined>(undefined);
  readonly doubt = signal<Doubt | undefined>(undefined);
  readonly notice = signal<Notice | undefined>(undefined);
  /** Why the server does not open the socket, where it says so. */
  readonly turnedAway = signal<Refusal | undefined>(undefined);
  /** Replies that this agent has rejected, as impression and reply. */
  readonly rejected = signal<ReadonlySet<string>>(new Set());
  /** The suggestion that is being turned down, until a reason is given. */
  readonly rejecting = signal<string | undefined>(undefined);
  /** Whether the editor is to take the focus as soon as it is there; what is typed until then is meant for it. */
  readonly editorAwaited = signal(false);
  /** Aborted when the workspace stops, which ends its effects and whatever listens to the browser. */
  private readonly life = new AbortController();

  readonly thread = computed<AgentThread | undefined>(() =>
    this.selected.value === undefined ? undefined : this.client.thread(this.selected.value),
  );

  /** The suggestions that are worth showing: none once somebody has answered. */
  readonly suggestions = computed<Suggestions | 'looking' | undefined>(() => {
    const thread = this.thread.value;
    // An answer that was held back has not been given.
    const last = thread?.entries.value.findLast(
      ({ kind, refused, text }) => kind === 'message' && !refused && text,
    );
    if (!thread || last?.author.kind !== 'customer' || thread.summary.value?.triage?.spam) return undefined;
    const suggestions = thread.suggestions.value;
    return suggestions && suggestions.trigger >= thread.seen.value ? suggestions : 'looking';
  });

  readonly items = computed<Suggestion[]>(() => {
    const shown = this.suggestions.value;
    return typeof shown === 'object' ? shown.items.map((item) => filledFor(this, item)) : [];
  });

  constructor(
    readonly me: Session,
    private readonly ended: () => void,
  ) {
    this.inbox = new Inbox(me.id);
    this.drafts = new Drafts(
      me.id,
      this.life.signal,
      wireOf(() => this.client),
    );
    this.files = new ThreadFiles(this.drafts, () => this.client);
    this.client = new AgentClient({
      open: webSocket(socket),
      store: storedOutbox(`replyloop.console.${me.id}.outbox`, undefined, undefined, this.life.signal),
      welcomed: () => {
        this.turnedAway.value = undefined;
        void this.inbox.load();
        void this.canned.load();
      },
      inbox: (summary) => {
        const told = this.notice.peek();
        if (told?.conversation === summary.id && told.settledBy(summary)) this.notice.value = undefined;
        this.inbox.changed(summary);
      },
      counts: (counts) => (this.inbox.counts.value = counts),
      labels: () => void this.inbox.labels.load(),
      erased: (conversation) => forget(this, conversation),
      drafts: this.drafts.sync,
      refused: (act, refusal) => showRefusal(this, act, refusal),
      closed: () => void this.checkSession(this.client.connection.health.peek() === 'online'),
    });
    this.whileHere(() => {
      if (!this.notice.value) return undefined;
      const timer = setTimeout(() => (this.notice.value = undefined), noticeFor);
      return () => clearTimeout(timer);
    });
    this.whileHere(() => {
      const count = this.inbox.counts.value?.waiting;
      document.title = count ? `(${String(count)}) Replyloop` : 'Replyloop';
    });
  }

  start(): void {
    this.client.connection.start();
    const fromAddress = () => follow(this, location.hash);
    window.addEventListener('hashchange', fromAddress, { signal: this.life.signal });
    watchBrowser(this.client.connection, this.life.signal);
    sendsAtLast(this, this.life.signal);
    this.whileHere(() => {
      if (sessionEnded.value) void this.checkSession(true);
    });
    fromAddress();
  }

  /** For good: whoever signs in next in this page gets a workspace of their own, which this one must not disturb. */
  stop(): void {
    this.client.connection.stop();
    this.life.abort();
  }

  private whileHere(act: () => void): void {
    this.life.signal.addEventListener('abort', effect(act));
  }

  select(id: string | undefined): void {
    const before = this.selected.peek();
    if (before === id) return;
    batch(() => {
      this.selected.value = id;
      this.contextShown.value = false;
      for (const asked of [this.replacement, this.question, this.doubt, this.notice, this.rejecting])
        asked.value = undefined;
      this.editorAwaited.value = false;
    });
    if (before !== undefined) this.client.closeThread(before);
    const hash = id === undefined ? '' : `#/c/${id}`;
    if (location.hash !== hash) history.pushState(null, '', hash || location.pathname);
  }

  /** The next or the previous conversation of the list. */
  step(by: 1 | -1): void {
    const shown = this.inbox.shown.peek();
    const at = shown.findIndex(({ id }) => id === this.selected.peek());
    const next = at === -1 ? shown[0] : shown[at + by];
    if (next) this.select(next.id);
  }

  /** The editor takes the focus; on a small screen it comes to the front. */
  toEditor(): void {
    if (this.thread.peek()?.problem.peek()) return;
    batch(() => {
      this.contextShown.value = false;
      this.editorAwaited.value = true;
    });
  }

  write(text: string): void {
    const thread = this.thread.peek();
    if (!thread) return;
    this.put(thread, { text });
    if (text && this.drafts.of(thread.id).peek().mode === 'reply') thread.typing.typed();
  }

  /** @param asItIs also with a word that looks like a shortcode */
  sendDraft(asItIs = false): void {
    const thread = this.thread.peek();
    if (!thread) return;
    const draft = this.drafts.of(thread.id).peek();
    const { text, mode } = draft;
    const trimmed = text.trim();
    const files = this.files.of(thread.id);
    if (!files.settled || (!trimmed && !files.any)) return;
    if (trimmed.length > this.client.maxTextLength.peek()) return;
    if (mode === 'reply' && !asItIs && trimmed && this.holdsBack(thread, trimmed)) return;
    const frame = { id: newId(), conversation: thread.id, text: trimmed, ...withFiles(files.take()) };
    const seen = this.seenBy(thread);
    const written = this.drafts.take(thread.id);
    this.doubt.value = undefined;
    if (mode === 'note') this.client.act({ type: 'note', ...frame, ...written });
    else {
      const how = told(draft, this.suggestions.peek(), this.screen);
      hold(this.client, { type: 'send', ...frame, ...how, seen, ...written });
    }
  }

  /** A shortcode that is typed out is taken for its reply, which may be looked at first; another one is asked about. */
  private holdsBack(thread: AgentThread, text: string): boolean {
    const reply = this.canned.exactly(text);
    if (reply) {
      this.insertCanned(reply);
      return true;
    }
    const word = toBeFilledIn(text) ?? (searchedFor(text) === undefined ? this.canned.unsent(text) : text);
    if (word !== undefined) this.doubt.value = { conversation: thread.id, text, word };
    return word !== undefined;
  }

  insertCanned(reply: CannedReply): void {
    this.putReply(reply, () => ({ source: 'canned' }));
  }

  /** In place of the words by which it was found. */
  insertFound(reply: FoundReply): void {
    this.putReply(reply, ({ text }) => ({ source: 'search', search: searchedFor(text) }));
  }

  private putReply(reply: CannedReply | FoundReply, how: (draft: Draft) => Partial<Origin>): void {
    const { id, title, text } = filledFor(this, reply);
    const thread = this.thread.peek();
    if (!thread) return;
    const draft = this.drafts.of(thread.id).peek();
    const origin = { reply: id, title, text, ...how(draft) };
    this.put(thread, { text, origin, ...offeredWith(draft, reply) });
    this.toEditor();
  }

  /** An answer that was held back because of what somebody did meanwhile, and what that was. */
  overtaken(thread: AgentThread): Overtaken | undefined {
    return overtaken(thread, this.client.outbox, this.me.id);
  }

  private seenBy(thread: AgentThread): number | undefined {
    return seenBy(thread, this.drafts.of(thread.id).peek().begunAt, this.me.id);
  }

  private put(thread: AgentThread, change: Partial<Draft>): void {
    const { begunAt } = this.drafts.of(thread.id).peek();
    this.doubt.value = undefined;
    this.drafts.write(thread.id, { ...change, begunAt: begunAt ?? (thread.log.last.peek() || undefined) });
  }

  /** Sends a suggestion as it stands; one that leaves something open goes into the editor. */
  accept(item: Suggestion): void {
    if (toBeFilledIn(item.text) !== undefined) return this.edit(item);
    const thread = this.thread.peek();
    const shown = this.suggestions.peek();
    if (!thread || typeof shown !== 'object') return;
    const draft = this.drafts.of(thread.id).peek();
    const origin = { impression: shown.impression, reply: item.reply };
    hold(this.client, {
      type: 'send',
      id: newId(),
      conversation: thread.id,
      text: item.text,
      ...(item.choices?.length ? { choices: item.choices } : {}),
      ...told({ origin, typed: typedBefore(draft) }, undefined, this.screen),
      seen: thread.log.last.peek() || undefined,
    });
    // What was sent stands in the thread, which a small screen shows in place of the suggestions.
    this.contextShown.value = false;
    // The same text, put into the editor before, would wait there to be sent a second time.
    const same = draft.origin?.reply === item.reply && draft.text.trim() === item.text.trim();
    if (same) this.drafts.clear(thread.id);
  }

  /** Puts a suggestion into the editor; never over typed text without asking. */
  edit(item: Suggestion): void {
    const shown = this.suggestions.peek();
    if (typeof shown !== 'object') return;
    this.insert({
      text: item.text,
      choices: item.choices,
      origin: { impression: shown.impression, reply: item.reply, title: item.title, text: item.text },
    });
  }

  insert(wanted: Replacement): void {
    const thread = this.thread.peek();
    if (!thread) return;
    const draft = this.drafts.of(thread.id).peek();
    if (draft.text.trim() && draft.text !== wanted.text) {
      this.replacement.value = wanted;
      return;
    }
    this.put(thread, { ...wanted, ...offeredWith(draft, wanted), typed: typedBefore(draft), mode: 'reply' });
    this.toEditor();
  }

  replace(how: 'replace' | 'append' | 'cancel'): void {
    const wanted = this.replacement.peek();
    const thread = this.thread.peek();
    this.replacement.value = undefined;
    if (!wanted || !thread || how === 'cancel') return;
    this.put(thread, replaced(this.drafts.of(thread.id).peek(), wanted, how));
    this.toEditor();
  }

  reject(item: Suggestion, reason: RejectReason): void {
    const shown = this.suggestions.peek();
    if (typeof shown !== 'object') return;
    this.client.act({
      type: 'reject',
      id: newId(),
      impression: shown.impression,
      reply: item.reply,
      reason,
      onScreenMillis: this.screen.millis(shown.impression),
    });
    this.rejecting.value = undefined;
    this.rejected.value = new Set([...this.rejected.peek(), rejection(shown.impression, item.reply)]);
  }

  /** A message that was not sent goes back to where it was written. */
  recover(id: string): void {
    const frame = this.client.outbox.discard(id);
    if (frame?.type !== 'send' && frame?.type !== 'note') return;
    // What happened meanwhile has been shown.
    this.drafts.putBack(frame, this.thread.peek()?.log.last.peek() || undefined);
    this.toEditor();
  }

  /** Sends again; what is on screen now counts as seen. */
  resend(id: string): void {
    const seen = this.thread.peek()?.log.last.peek();
    this.client.outbox.retry(id, (frame) => (frame.type === 'send' ? { ...frame, seen } : frame));
    this.toEditor();
  }

  /** Whether taking this conversation takes it from a colleague. */
  takesOver({ assignee }: Pick<Summary, 'assignee'>): boolean {
    return this.me.role === 'admin' && assignee !== undefined && assignee.id !== this.me.id;
  }

  takeText(summary: Summary): string {
    const t = consoleTexts();
    if (summary.assignee?.id === this.me.id) return t.release;
    return this.takesOver(summary) ? t.takeOver : t.take;
  }

  toggleTake(): void {
    const summary = this.thread.peek()?.summary.peek();
    if (!summary) return;
    if (this.takesOver(summary)) this.question.value = { about: 'take-over', conversation: summary.id };
    else {
      const act = { id: newId(), conversation: summary.id };
      // What a colleague holds only an admin gets; whoever else tries is told by whom it is held.
      this.client.act({ type: summary.assignee?.id === this.me.id ? 'release' : 'take', ...act });
    }
  }

  toggleResolved(): void {
    const thread = this.thread.peek();
    const summary = thread?.summary.peek();
    if (!thread || !summary) return;
    this.changeStatus(summary.id, summary.status === 'open' ? 'resolved' : 'open', thread.log.last.peek());
  }

  private changeStatus(conversation: string, status: Summary['status'], seen?: number): void {
    this.client.act({ type: 'status', id: newId(), conversation, status, seen });
  }

  answer(confirmed: boolean): void {
    const asked = this.question.peek();
    this.question.value = undefined;
    if (!asked) return;
    if (!confirmed) return stopAwaiting(asked.conversation);
    const { about, conversation } = asked;
    if (about === 'resolve') this.changeStatus(conversation, 'resolved');
    else this.client.act({ type: 'take', id: newId(), conversation, force: true });
  }

  /** @param wasOpen a socket that was never opened may have been refused, which browsers do not tell its page */
  private async checkSession(wasOpen: boolean): Promise<void> {
    try {
      if ((await session()) !== undefined) {
        if (!wasOpen) this.turnedAway.value = await whyNotOpened(socket);
        return;
      }
    } catch {
      // The server is away: the connection state says so already.
      return;
    }
    if (this.life.signal.aborted || isLeaving()) return;
    this.stop();
    this.ended();
  }
}
