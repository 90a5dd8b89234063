import { batch, computed, effect, signal } from '@preact/signals';
import { AgentClient, type AgentThread } from '../shared/agent';
import { session, type Session } from '../shared/api';
import { webSocket } from '../shared/connection';
import type { RejectReason, Suggestion, Suggestions, Summary } from '../shared/frames';
import { newId } from '../shared/ids';
import { watchBrowser } from '../shared/lifeline';
import { codeText } from '../shared/problems';
import { storedOutbox } from '../shared/storage';
import { Drafts } from './drafts';
import { Inbox } from './inbox';
import { consoleTexts } from './texts';

/** Text that waits for the agent's word, because there is other text in the editor. */
export interface Replacement {
  text: string;
  origin: { impression: string; reply: string; title: string } | undefined;
}

/** Everything that an agent has in front of them, and all that they can do; the components only show it. */
export class Workspace {
  readonly client: AgentClient;
  readonly inbox: Inbox;
  readonly drafts: Drafts;
  readonly selected = signal<string | undefined>(undefined);
  readonly contextShown = signal(false);
  readonly replacement = signal<Replacement | undefined>(undefined);
  readonly notice = signal<string | undefined>(undefined);
  /** Replies that this agent has rejected, as impression and reply. */
  readonly rejected = signal<ReadonlySet<string>>(new Set());
  /** Grows when the editor should take the focus. */
  readonly focusEditor = signal(0);

  readonly thread = computed<AgentThread | undefined>(() =>
    this.selected.value === undefined ? undefined : this.client.thread(this.selected.value),
  );

  /** The suggestions that are worth showing: none once somebody has answered. */
  readonly suggestions = computed<Suggestions | 'looking' | undefined>(() => {
    const thread = this.thread.value;
    const last = thread?.entries.value.findLast(({ kind }) => kind === 'message');
    if (!thread || last?.author.kind !== 'customer') return undefined;
    const suggestions = thread.suggestions.value;
    return suggestions && suggestions.trigger >= thread.seen.value ? suggestions : 'looking';
  });

  readonly items = computed<Suggestion[]>(() => {
    const shown = this.suggestions.value;
    return typeof shown === 'object' ? shown.items : [];
  });

  constructor(
    readonly me: Session,
    private readonly ended: () => void,
  ) {
    this.inbox = new Inbox(me.id);
    this.drafts = new Drafts(me.id);
    this.client = new AgentClient({
      open: webSocket('/ws/agent'),
      store: storedOutbox(`replyloop.console.${me.id}.outbox`),
      welcomed: () => void this.inbox.load(),
      inbox: (summary) => this.inbox.changed(summary),
      refused: (act, { code, message }) => {
        const held = code === 'conflict' && (act.type === 'take' || act.type === 'release');
        this.notice.value = held ? consoleTexts().heldByAnother : codeText(code, message);
      },
      closed: () => void this.checkSession(),
    });
    effect(() => {
      const count = this.inbox.waiting.value;
      document.title = count ? `(${String(count)}) Replyloop` : 'Replyloop';
    });
  }

  start(): void {
    this.client.connection.start();
    const fromAddress = () => this.select(/^#\/c\/([\w-]+)$/.exec(location.hash)?.[1]);
    window.addEventListener('hashchange', fromAddress);
    watchBrowser(this.client.connection);
    fromAddress();
  }

  select(id: string | undefined): void {
    const before = this.selected.peek();
    if (before === id) return;
    batch(() => {
      this.selected.value = id;
      this.contextShown.value = false;
      this.replacement.value = undefined;
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

  write(text: string): void {
    const thread = this.thread.peek();
    if (!thread) return;
    this.drafts.write(thread.id, { text });
    if (text && this.drafts.of(thread.id).peek().mode === 'reply') thread.typing.typed();
  }

  sendDraft(): void {
    const thread = this.thread.peek();
    if (!thread) return;
    const { text, mode, origin } = this.drafts.of(thread.id).peek();
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > this.client.maxTextLength.peek()) return;
    const frame = { id: newId(), conversation: thread.id, text: trimmed };
    if (mode === 'note') this.client.act({ type: 'note', ...frame });
    else {
      // An own text is also an answer to what was on screen, and the product learns from that.
      const shown = this.suggestions.peek();
      const impression = origin?.impression ?? (typeof shown === 'object' ? shown.impression : undefined);
      this.client.act({
        type: 'send',
        ...frame,
        impression,
        reply: origin?.reply,
        seen: thread.seen.peek() || undefined,
      });
    }
    this.drafts.clear(thread.id);
  }

  /** Sends a suggestion as it stands. */
  accept(item: Suggestion): void {
    const thread = this.thread.peek();
    const shown = this.suggestions.peek();
    if (!thread || typeof shown !== 'object') return;
    this.client.act({
      type: 'send',
      id: newId(),
      conversation: thread.id,
      text: item.text,
      impression: shown.impression,
      reply: item.reply,
      seen: thread.seen.peek() || undefined,
    });
    // The same text, put into the editor before, would wait there to be sent a second time.
    const { text, origin } = this.drafts.of(thread.id).peek();
    if (origin?.reply === item.reply && text.trim() === item.text.trim()) this.drafts.clear(thread.id);
  }

  /** Puts a suggestion into the editor; never over typed text without asking. */
  edit(item: Suggestion): void {
    const shown = this.suggestions.peek();
    if (typeof shown !== 'object') return;
    this.insert({
      text: item.text,
      origin: { impression: shown.impression, reply: item.reply, title: item.title },
    });
  }

  insert(wanted: Replacement): void {
    const thread = this.thread.peek();
    if (!thread) return;
    const { text, mode } = this.drafts.of(thread.id).peek();
    if (text.trim() && text !== wanted.text) {
      this.replacement.value = wanted;
      return;
    }
    this.drafts.write(thread.id, { ...wanted, mode: 'reply' });
    if (mode === 'note' || text !== wanted.text) this.focusEditor.value += 1;
  }

  replace(how: 'replace' | 'append' | 'cancel'): void {
    const wanted = this.replacement.peek();
    const thread = this.thread.peek();
    this.replacement.value = undefined;
    if (!wanted || !thread || how === 'cancel') return;
    const { text } = this.drafts.of(thread.id).peek();
    this.drafts.write(thread.id, {
      ...wanted,
      text: how === 'replace' ? wanted.text : `${text.trimEnd()}\n${wanted.text}`,
      mode: 'reply',
    });
    this.focusEditor.value += 1;
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
    });
    this.rejected.value = new Set([...this.rejected.peek(), rejection(shown.impression, item.reply)]);
  }

  /** A message that was not sent goes back to where it was written. */
  recover(id: string): void {
    const frame = this.client.outbox.discard(id);
    if (frame?.type !== 'send' && frame?.type !== 'note') return;
    const { text } = this.drafts.of(frame.conversation).peek();
    this.drafts.write(frame.conversation, {
      text: text.trim() ? `${text.trimEnd()}\n${frame.text}` : frame.text,
      mode: frame.type === 'note' ? 'note' : 'reply',
    });
    this.focusEditor.value += 1;
  }

  /** Sends again; what is on screen now counts as seen. */
  resend(id: string): void {
    const seen = this.thread.peek()?.seen.peek();
    this.client.outbox.retry(id, (frame) => (frame.type === 'send' ? { ...frame, seen } : frame));
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
    const act = { id: newId(), conversation: summary.id };
    if (summary.assignee?.id === this.me.id) this.client.act({ type: 'release', ...act });
    // What a colleague holds only an admin gets; whoever else tries is told by whom it is held.
    else this.client.act({ type: 'take', ...act, force: this.takesOver(summary) || undefined });
  }

  toggleResolved(): void {
    const summary = this.thread.peek()?.summary.peek();
    if (!summary) return;
    const status = summary.status === 'open' ? 'resolved' : 'open';
    this.client.act({ type: 'status', id: newId(), conversation: summary.id, status });
  }

  private async checkSession(): Promise<void> {
    try {
      if ((await session()) !== undefined) return;
    } catch {
      // The server is away: the connection state says so already.
      return;
    }
    this.client.connection.stop();
    this.ended();
  }
}

export function rejection(impression: string, reply: string): string {
  return `${impression} ${reply}`;
}
