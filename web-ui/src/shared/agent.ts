import { computed, signal } from '@preact/signals';
import { Connection, type Wire } from './connection';
import type { Delivery } from './customer';
import { agentOut } from './agent-frames';
import { mentions } from './mention-text';
import {
  never,
  type Attachment,
  type AttachmentLimits,
  type AgentEvent,
  type AgentIn,
  type AgentOut,
  type Counts,
  type Frame,
  type Person,
  type Rating,
  type StoredDraft,
  type Suggestions,
  type Supervision,
  type Summary,
} from './frames';
import { HeldOutbox } from './held-outbox';
import type { Outbox, OutboxStore, Refusal } from './outbox';
import { unlessUnknown } from './schema';
import { Entries, EventLog, TypingNotice, TypingReport, type Arrival } from './thread';

/** An action of an agent that the server stores. */
export type Act = Exclude<Extract<AgentIn, { id: string }>, { type: 'draft' }>;

/** What has become of drafts, which are the agent's on all their devices. */
export interface DraftNews {
  connected(): void;
  disconnected(): void;
  arrived(conversation: string, stored: StoredDraft | undefined, revision?: number): void;
  /** Returns whether it was about a draft. */
  refused(version: string, code: string, retryAfter?: number): boolean;
}

export interface AgentEntry {
  key: string;
  sequence?: number;
  at: string;
  kind: AgentEvent['kind'];
  author: AgentEvent['author'];
  text?: string;
  attachments?: Attachment[];
  choices?: string[];
  mentions?: Person[];
  status?: AgentEvent['status'];
  assignee?: Person;
  team?: Person;
  act?: AgentEvent['act'];
  delivery?: Delivery;
  refused?: Refusal;
  /** Written in another tab. */
  elsewhere?: true;
  /** Can still be taken back. */
  held?: boolean;
}

/** A conversation that an agent has open. */
export class AgentThread {
  readonly log = new EventLog<AgentEvent>();
  readonly summary = signal<Summary | undefined>(undefined);
  readonly customerRead = signal(0);
  readonly agentRead = signal(0);
  readonly customerOnline = signal(false);
  readonly viewers = signal<Person[]>([]);
  readonly customerTyping = new TypingNotice();
  readonly agentTyping = new TypingNotice();
  readonly suggestions = signal<Suggestions | undefined>(undefined);
  /** What the customer said, by the event that resolved the conversation. */
  readonly ratings = signal<ReadonlyMap<number, Rating>>(new Map());
  /** Grows when what is known of the customer may have changed. */
  readonly customerNews = signal(0);
  /** Why it cannot be opened. */
  readonly problem = signal<Refusal | undefined>(undefined);
  /** Whether the whole conversation is on screen. */
  readonly caughtUp = signal(false);
  readonly typing: TypingReport;
  readonly entries;
  private expected = 0;
  private shown = 0;
  /** The newest customer message on screen, which suggestions have to answer. */
  readonly seen = computed(
    () =>
      this.log.events.value.findLast(
        ({ kind, author, text }) => kind === 'message' && author.kind === 'customer' && text,
      )?.sequence ?? 0,
  );

  constructor(
    readonly id: string,
    outbox: Outbox<Act>,
    private readonly transmit: (frame: AgentIn) => boolean,
    private readonly me: () => string | undefined = () => undefined,
  ) {
    this.typing = new TypingReport((active) => transmit({ type: 'typing', conversation: id, active }));
    const drawn = new Entries<AgentEvent, Delivery | undefined>();
    this.entries = computed<AgentEntry[]>(() => {
      const stored = this.log.events.value;
      const known = new Set(stored.map((event) => event.id));
      const waiting = outbox.entries.value.flatMap(({ frame, at, refused, elsewhere, heldUntil }) =>
        (frame.type === 'send' || frame.type === 'note') && frame.conversation === id && !known.has(frame.id)
          ? [{ frame, at, refused, elsewhere, held: heldUntil !== undefined && !elsewhere }]
          : [],
      );
      return [
        ...stored.map((event) =>
          drawn.of(event, event.author.kind === 'agent' ? this.deliveryOf(event) : undefined),
        ),
        ...waiting.map(({ frame, at, refused, elsewhere, held }) => ({
          key: frame.id,
          at: new Date(at).toISOString(),
          kind: frame.type === 'note' ? ('note' as const) : ('message' as const),
          author: { kind: 'agent' as const, name: '' },
          text: frame.text,
          attachments: frame.attachments,
          choices: frame.type === 'send' ? frame.choices : undefined,
          delivery: refused ? ('failed' as const) : ('sending' as const),
          refused,
          elsewhere,
          held,
        })),
      ];
    });
  }

  open(): void {
    this.transmit({ type: 'open', conversation: this.id, after: this.log.last.peek() });
  }

  opened(frame: Frame<AgentOut, 'opened'>): void {
    this.problem.value = undefined;
    this.summary.value = frame.conversation;
    this.customerRead.value = frame.customerRead;
    this.agentRead.value = frame.agentRead;
    this.customerOnline.value = frame.customerOnline;
    this.viewers.value = frame.viewers;
    this.customerNews.value++;
    this.expected = frame.conversation.lastSequence;
    this.caughtUp.value = this.log.last.peek() >= this.expected;
    this.read(this.shown);
  }

  receive(event: AgentEvent): Arrival {
    const arrival = this.log.receive(event, this.expected);
    if (this.log.last.peek() >= this.expected) this.caughtUp.value = true;
    return arrival;
  }

  summarised(summary: Summary): void {
    this.summary.value = summary;
    // That they are mentioned may be known only after the note is on screen and a colleague has read it.
    if (this.shown > 0) this.read(this.shown);
  }

  /** The agent has seen everything up to this event. */
  read(sequence: number): void {
    this.shown = Math.max(this.shown, sequence);
    if (this.shown <= this.agentRead.peek() && !this.mentionsMe()) return;
    if (this.transmit({ type: 'read', conversation: this.id, sequence: this.shown })) {
      this.agentRead.value = Math.max(this.agentRead.peek(), this.shown);
    }
  }

  /** A note mentions this agent, who has not seen it, whatever colleagues have read. */
  private mentionsMe(): boolean {
    return mentions(this.me() ?? '', this.summary.peek()?.triage);
  }

  private deliveryOf({ kind, sequence }: AgentEvent): Delivery | undefined {
    if (kind !== 'message') return undefined;
    return sequence <= this.customerRead.value ? 'read' : 'sent';
  }
}

export interface AgentClientOptions {
  open: () => Wire;
  store?: OutboxStore<Act>;
  random?: () => number;
  /** The session has ended, or the server rejects the socket: check who is signed in. */
  closed?: (code: number) => void;
  /** Called for each welcome of the server: lists loaded before may be incomplete. */
  welcomed?: () => void;
  inbox?: (summary: Summary) => void;
  counts?: (counts: Counts) => void;
  /** The labels that there are have changed. */
  labels?: () => void;
  /** A conversation was deleted permanently. */
  erased?: (conversation: string) => void;
  drafts?: DraftNews;
  /** An action other than a message on screen was rejected. */
  refused?: (frame: Act, refusal: Refusal) => void;
}

/** The agent's side of the protocol: one socket for the inbox and all open conversations. */
export class AgentClient {
  readonly outbox: HeldOutbox<Act>;
  readonly connection: Connection;
  readonly maxTextLength = signal(8_000);
  /** What may be attached; undefined where nothing may, or it is not known yet. */
  readonly attachmentLimits = signal<AttachmentLimits | undefined>(undefined);
  /** Whether this agent says that they are away; undefined until the server has told. */
  readonly away = signal<boolean | undefined>(undefined);
  /** What the team is doing, while it is looked at. */
  readonly supervision = signal<Supervision | undefined>(undefined);
  private me: string | undefined;
  private supervising = false;
  private readonly threads = new Map<string, AgentThread>();

  constructor(private readonly options: AgentClientOptions) {
    this.outbox = new HeldOutbox<Act>(
      (frame) => this.connection.send(frame),
      (frame) => ('conversation' in frame ? frame.conversation : frame.impression),
      options.store,
    );
    this.connection = new Connection({
      open: options.open,
      random: options.random,
      opened: () => undefined,
      received: (frame) => {
        const known = unlessUnknown(agentOut, frame);
        if (known) this.receive(known);
      },
      closed: (code) => {
        for (const open of this.threads.values()) open.log.show();
        this.outbox.closed();
        options.drafts?.disconnected();
        options.closed?.(code);
        return code === 4401 ? 'never' : 'soon';
      },
    });
  }

  thread(id: string): AgentThread {
    const known = this.threads.get(id);
    if (known) return known;
    const thread = new AgentThread(
      id,
      this.outbox,
      (frame) => this.connection.send(frame),
      () => this.me,
    );
    this.threads.set(id, thread);
    thread.open();
    return thread;
  }

  /** The conversation if it is open. */
  known(id: string): AgentThread | undefined {
    return this.threads.get(id);
  }

  closeThread(id: string): void {
    if (!this.threads.delete(id)) return;
    this.connection.send({ type: 'close', conversation: id });
  }

  sayAway(away: boolean): void {
    if (this.connection.send({ type: 'availability', away })) this.away.value = away;
  }

  supervise(active: boolean): void {
    this.supervising = active;
    if (!active) this.supervision.value = undefined;
    this.connection.send({ type: 'supervise', active });
  }

  /** @param holdFor milliseconds for which it can be taken back */
  act(frame: Act, holdFor = 0): void {
    if (frame.type === 'send' && holdFor === 0) this.threads.get(frame.conversation)?.typing.stopped();
    this.outbox.add(frame, holdFor);
  }

  private receive(frame: AgentOut): void {
    const thread =
      'conversation' in frame && typeof frame.conversation === 'string'
        ? this.threads.get(frame.conversation)
        : undefined;
    switch (frame.type) {
      case 'welcome':
        this.me = frame.agent.id;
        this.maxTextLength.value = frame.maxTextLength;
        this.attachmentLimits.value = frame.attachments;
        this.connection.ready();
        for (const open of this.threads.values()) open.open();
        if (this.supervising) this.connection.send({ type: 'supervise', active: true });
        this.outbox.opened();
        this.options.drafts?.connected();
        return this.options.welcomed?.();
      case 'opened':
        return this.opened(frame);
      case 'event':
        return this.event(frame, thread);
      case 'ack':
        return this.outbox.acknowledged(frame.id);
      case 'conversation':
        return this.summaryArrived(frame.conversation);
      case 'counts':
        return this.options.counts?.(frame);
      case 'labels':
        return this.options.labels?.();
      case 'suggestions':
        if (thread) thread.suggestions.value = frame;
        return;
      case 'typing':
        if (frame.by === 'customer') thread?.customerTyping.show(frame.active, frame.name);
        else thread?.agentTyping.show(frame.active, frame.name);
        return;
      case 'read':
        if (!thread) return;
        if (frame.by === 'customer')
          thread.customerRead.value = Math.max(thread.customerRead.peek(), frame.sequence);
        else thread.agentRead.value = Math.max(thread.agentRead.peek(), frame.sequence);
        return;
      case 'presence':
        if (!thread) return;
        thread.customerOnline.value = frame.customerOnline;
        thread.viewers.value = frame.viewers;
        return;
      case 'rated':
        if (thread) thread.ratings.value = new Map(thread.ratings.peek()).set(frame.resolution, frame);
        return;
      case 'draft':
        return this.options.drafts?.arrived(frame.conversation, frame.draft, frame.revision);
      case 'customer':
        if (thread) thread.customerNews.value++;
        return;
      case 'erased':
        this.threads.delete(frame.conversation);
        return this.options.erased?.(frame.conversation);
      case 'availability':
        this.away.value = frame.away;
        return;
      case 'supervision':
        if (this.supervising) this.supervision.value = frame;
        return;
      case 'problem':
        return this.problem(frame, thread);
      case 'pong':
        return;
      default:
        never(frame);
    }
  }

  private opened(frame: Frame<AgentOut, 'opened'>): void {
    const thread = this.threads.get(frame.conversation.id);
    if (!thread) return;
    thread.opened(frame);
    this.summaryArrived(frame.conversation);
    this.options.drafts?.arrived(frame.conversation.id, frame.draft);
  }

  private summaryArrived(summary: Summary): void {
    const thread = this.threads.get(summary.id);
    thread?.summarised(summary);
    this.options.inbox?.(summary);
  }

  private event(event: AgentEvent, thread: AgentThread | undefined): void {
    if (!thread) return;
    const arrival = thread.receive(event);
    if (event.id && this.outbox.holds(event.id)) {
      thread.log.show();
      this.outbox.acknowledged(event.id);
    }
    if (arrival === 'gap') {
      if (thread.log.askAgain()) thread.open();
      else this.connection.restart();
      return;
    }
    if (arrival === 'new' && event.author.kind === 'customer') thread.customerTyping.show(false);
    if (arrival === 'new' && event.author.kind === 'agent') thread.agentTyping.show(false);
  }

  private problem(frame: Frame<AgentOut, 'problem'>, thread: AgentThread | undefined): void {
    const refusal = { code: frame.code, message: frame.message };
    if (!frame.id) {
      if (thread && frame.code === 'not-found') thread.problem.value = refusal;
      // A failed greeting or opening; the next connection opens everything again.
      else if (this.connection.mustStartAgain(frame.code)) {
        this.outbox.closed();
        this.connection.restart();
      }
      return;
    }
    if (this.options.drafts?.refused(frame.id, frame.code, frame.retryAfterMillis)) return;
    const refused = this.outbox.refused(frame.id, refusal, frame.retryAfterMillis);
    if (!refused) return;
    const act = refused.frame;
    if (act.type === 'send' || act.type === 'note') return;
    this.outbox.discard(act.id);
    this.options.refused?.(act, refusal);
  }
}
