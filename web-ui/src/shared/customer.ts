import { computed, signal } from '@preact/signals';
import { request, type RequestOptions } from './api';
import { Connection, type Wire } from './connection';
import { customerOut, never } from './frames';
import type {
  Attributes,
  Attachment,
  AttachmentLimits,
  CustomerEvent,
  CustomerIn,
  CustomerOut,
  Frame,
} from './frames';
import { newId } from './ids';
import { refusalOf } from './refusal';
import { answerId, isAnswer, offerOf } from './offer';
import { Outbox, type OutboxStore, type Refusal } from './outbox';
import { unlessUnknown } from './schema';
import { Entries, EventLog, TypingNotice, TypingReport } from './thread';

type Send = Frame<CustomerIn, 'send'>;
type Rate = Frame<CustomerIn, 'rate'>;
type Form = Frame<CustomerIn, 'form'>;
type Visit = Frame<CustomerIn, 'visit'>;

export interface CustomerClientOptions {
  open: () => Wire;
  /** A valid token; `refused` means that the server has rejected the previous one. */
  token: (refused: boolean) => Promise<string>;
  store?: OutboxStore<Send>;
  random?: () => number;
}

export type Delivery = 'sending' | 'sent' | 'read' | 'failed';

export interface CustomerEntry {
  key: string;
  sequence?: number;
  at: string;
  kind: CustomerEvent['kind'];
  author: CustomerEvent['author'];
  text?: string;
  attachments?: Attachment[];
  choices?: string[];
  status?: CustomerEvent['status'];
  assignee?: string;
  /** Only for the customer's own messages. */
  delivery?: Delivery;
  refused?: Refusal;
  /** Written in another tab. */
  elsewhere?: true;
}

/** The customer's side of the protocol: one conversation. */
export class CustomerClient {
  readonly log = new EventLog<CustomerEvent>();
  readonly outbox: Outbox<Send>;
  /** What was said of resolutions and is not stored yet. */
  readonly rates = new Outbox<Rate>((frame) => this.transmit(frame));
  /** What is stored of the newest resolution about which something was said. */
  readonly rating = signal<Frame<CustomerOut, 'rated'> | undefined>(undefined);
  readonly connection: Connection;
  readonly agentTyping = new TypingNotice();
  readonly status = signal<'open' | 'resolved' | undefined>(undefined);
  readonly assignee = signal<string | undefined>(undefined);
  readonly agentsOnline = signal(false);
  readonly maxTextLength = signal(8_000);
  /** What may be attached; undefined where nothing may, or it is not known yet. */
  readonly attachmentLimits = signal<AttachmentLimits | undefined>(undefined);
  readonly customerRead = signal(0);
  readonly agentRead = signal(0);
  /** Whether the whole conversation is on screen; before that, an empty thread means nothing. */
  readonly caughtUp = signal(false);
  /** Whether the customer has no conversation yet; undefined until the server has said so. */
  readonly isNew = signal<boolean | undefined>(undefined);
  /** Whether there are earlier conversations to be read. */
  readonly hasEarlier = signal(false);
  /** Whether the next message is to begin another conversation. */
  readonly begins = signal(false);
  /** What was answered before the first message. */
  readonly filled = signal<Form | undefined>(undefined);
  /** The server rejects this page because of a limit, usually because the customer has too many pages open. */
  readonly turnedAway = signal(false);
  /** The team has blocked this customer: nothing is retried until the person asks for it. */
  readonly blocked = signal(false);
  /** Why the server does not issue a token, if retrying does not help. */
  readonly refusal = signal<Refusal | undefined>(undefined);
  private readonly typing = new TypingReport((active) => this.transmit({ type: 'typing', active }));
  private readonly drawn = new Entries<CustomerEvent, Delivery | undefined>();
  private expected = 0;
  private seen = 0;
  private here: Visit | undefined;
  /** Undefined as long as there is none. */
  conversation: string | undefined;
  private tokenRefused = false;

  readonly entries = computed<CustomerEntry[]>(() => {
    const stored = this.log.events.value;
    const known = new Set(stored.map((event) => event.id));
    const waiting = this.outbox.entries.value.filter(({ frame }) => !known.has(frame.id));
    return [
      ...stored.map((event) =>
        this.drawn.of(event, event.author.kind === 'customer' ? this.deliveryOf(event) : undefined),
      ),
      ...waiting.map(({ frame, at, refused, elsewhere }) => ({
        key: frame.id,
        at: new Date(at).toISOString(),
        kind: 'message' as const,
        author: { kind: 'customer' as const },
        text: frame.text,
        attachments: frame.attachments,
        delivery: refused || this.blocked.value ? ('failed' as const) : ('sending' as const),
        refused,
        elsewhere,
      })),
    ];
  });

  /** The event that resolved the conversation; undefined while it is open. */
  readonly resolution = computed(() =>
    this.status.value === 'resolved'
      ? this.log.events.value.findLast(({ status }) => status === 'resolved')?.sequence
      : undefined,
  );

  /** What the newest message offers to be answered with a click. */
  readonly offer = computed(() => offerOf(this));

  /** Where the customer stands while nobody has taken the conversation. */
  readonly queue = signal<{ position?: number; waitSeconds?: number }>({});

  readonly unread = computed(
    () =>
      this.log.events.value.filter(
        ({ sequence, kind, author }) =>
          kind === 'message' && author.kind !== 'customer' && sequence > this.customerRead.value,
      ).length,
  );

  constructor(private readonly options: CustomerClientOptions) {
    this.outbox = new Outbox<Send>((frame) => this.transmit(frame), undefined, options.store);
    this.connection = new Connection({
      open: options.open,
      random: options.random,
      opened: () => void this.hello(),
      received: (frame) => {
        const known = unlessUnknown(customerOut, frame);
        if (known) this.receive(known);
      },
      closed: (code) => {
        this.log.show();
        this.outbox.closed();
        this.rates.closed();
        this.tokenRefused ||= code === 4401;
        // After its welcome, a page is closed with this code because of its own behaviour.
        this.turnedAway.value = code === 4429 && this.connection.health.peek() !== 'online';
        if (this.blocked.peek()) return 'never';
        return this.turnedAway.peek() ? 'slowly' : 'soon';
      },
    });
  }

  /** After a resolved conversation, the message begins another one instead of reopening it, if the customer wants that. */
  send(text: string, attachments: Attachment[] = []): void {
    this.typing.stopped();
    const begins = this.begins.peek();
    this.begins.value = false;
    const files = attachments.length > 0 ? { attachments } : {};
    this.outbox.add({ type: 'send', id: newId(), text, ...files, ...(begins ? { begins } : {}) });
  }

  /** Sends one of the answers that are offered, once, whatever is clicked in whatever tab. */
  answer(text: string): void {
    const offer = this.offer.peek();
    if (!offer || this.conversation === undefined) return;
    this.typing.stopped();
    this.outbox.add({ type: 'send', id: answerId(this.conversation, offer), text });
  }

  /** Answers what the site asks first. They go with the first message, and are sent again until it is stored. */
  fill(form: Omit<Form, 'type'>): void {
    this.filled.value = { type: 'form', ...form };
    if (this.isNew.peek()) this.transmit(this.filled.value);
  }

  /**
   * Where the customer is: told whenever that changes, and again with each welcome, because the server keeps it only of
   * those who have written.
   */
  visit(page: string | undefined, attributes?: Attributes): void {
    this.here = { type: 'visit', page, language: navigator.language, attributes };
    if (this.connection.health.peek() === 'online') this.transmit(this.here);
  }

  /** @param score absent to not be asked again */
  rate(resolution: number, score?: number, comment?: string): void {
    const { conversation } = this;
    this.rates.add({ type: 'rate', id: newId(), conversation, resolution, score, comment });
  }

  /** Reads what is the customer's own. */
  async own<T>(path: string, options: RequestOptions = {}): Promise<T> {
    const token = await this.options.token(false);
    return request<T>(path, {
      ...options,
      headers: { ...options.headers, Authorization: `Bearer ${token}` },
    });
  }

  typed(): void {
    this.typing.typed();
  }

  /** The person has seen everything up to this event. */
  read(sequence: number): void {
    this.seen = Math.max(this.seen, sequence);
    if (this.connection.health.peek() !== 'online' || this.seen <= this.customerRead.peek()) return;
    const { conversation } = this;
    if (this.transmit({ type: 'read', sequence: this.seen, conversation }))
      this.customerRead.value = this.seen;
  }

  /** Checks whether the customer is still blocked. */
  tryAgain(): void {
    if (this.blocked.peek()) this.connection.start();
    else this.connection.retryNow();
  }

  /** A different person writes from now on. */
  reset(): void {
    this.log.clear();
    this.rating.value = undefined;
    this.isNew.value = undefined;
    this.queue.value = {};
    this.hasEarlier.value = false;
    this.begins.value = false;
    this.filled.value = undefined;
    // The page is the same, and what it knew of the other is not theirs.
    if (this.here) this.here = { ...this.here, attributes: undefined };
    this.rates.clear();
    this.seen = 0;
    this.status.value = undefined;
    this.assignee.value = undefined;
    this.agentTyping.show(false);
    this.conversation = undefined;
    this.caughtUp.value = false;
    this.turnedAway.value = false;
    this.blocked.value = false;
    this.refusal.value = undefined;
    this.connection.stop();
    this.outbox.closed();
    this.rates.closed();
    this.connection.start();
  }

  private async hello(): Promise<void> {
    try {
      const token = await this.options.token(this.tokenRefused);
      this.tokenRefused = false;
      const { conversation } = this;
      this.transmit({ type: 'hello', token, after: this.log.last.peek(), conversation });
    } catch (problem) {
      this.refusal.value = refusalOf(problem);
      if (this.refusal.peek()?.code === 'blocked') {
        this.blocked.value = true;
        this.connection.stop();
        return;
      }
      // No token now (offline, or too many requests): the back-off determines the next attempt.
      this.connection.restart();
    }
  }

  private receive(frame: CustomerOut): void {
    switch (frame.type) {
      case 'welcome':
        return this.welcome(frame);
      case 'event':
        return this.event(frame);
      case 'ack':
        // Of a message that has begun another conversation, to which a welcome follows.
        if (this.conversation === undefined) this.conversation = frame.conversation;
        this.isNew.value = false;
        this.rates.acknowledged(frame.id);
        return this.outbox.acknowledged(frame.id);
      case 'typing':
        return this.agentTyping.show(frame.active, frame.name);
      case 'read':
        if (this.isOfAnother(frame)) return;
        if (frame.by === 'agent') this.agentRead.value = Math.max(this.agentRead.peek(), frame.sequence);
        else this.customerRead.value = Math.max(this.customerRead.peek(), frame.sequence);
        return;
      case 'rated':
        if (this.isOfAnother(frame)) return;
        this.rating.value = frame;
        return;
      case 'queue':
        this.queue.value = frame;
        return;
      case 'presence':
        this.agentsOnline.value = frame.agentsOnline;
        return;
      case 'problem':
        return this.problem(frame);
      case 'pong':
        return;
      default:
        never(frame);
    }
  }

  /** Sent while the page turned to another conversation of the customer. */
  private isOfAnother({ conversation }: { conversation?: string }): boolean {
    return Boolean(conversation && this.conversation && conversation !== this.conversation);
  }

  private welcome(frame: Frame<CustomerOut, 'welcome'>): void {
    if (this.conversation && frame.conversation !== this.conversation) {
      // Another conversation of this customer; or the token belongs to somebody else now, who must not see these messages.
      this.log.clear();
      this.rating.value = undefined;
      this.seen = 0;
    }
    this.conversation = frame.conversation;
    this.status.value = frame.status;
    this.assignee.value = frame.assignee;
    this.agentsOnline.value = frame.agentsOnline;
    this.maxTextLength.value = frame.maxTextLength;
    this.attachmentLimits.value = frame.attachments;
    this.hasEarlier.value = frame.earlier ?? false;
    if (frame.status !== 'resolved') this.begins.value = false;
    this.customerRead.value = frame.customerRead;
    this.agentRead.value = frame.agentRead;
    this.expected = frame.last;
    this.caughtUp.value = this.log.last.peek() >= this.expected;
    this.isNew.value = frame.conversation === undefined;
    this.queue.value = {};
    this.turnedAway.value = false;
    this.blocked.value = false;
    this.refusal.value = undefined;
    this.connection.ready();
    if (this.here) this.transmit(this.here);
    // Before the first message.
    if (this.isNew.peek() && this.filled.peek()) this.transmit(this.filled.peek() as Form);
    this.outbox.opened();
    this.rates.opened();
    this.read(this.seen);
  }

  private event(event: CustomerEvent): void {
    if (event.author.kind !== 'customer') this.agentTyping.show(false);
    this.isNew.value = false;
    const arrival = this.log.receive(event, this.expected);
    if (event.id && this.outbox.holds(event.id)) {
      this.log.show();
      this.outbox.acknowledged(event.id);
    }
    if (arrival === 'gap') {
      if (this.log.askAgain()) void this.hello();
      else this.connection.restart();
      return;
    }
    if (arrival === 'repeated') return;
    if (event.kind === 'status') this.status.value = event.status;
    if (event.status === 'open') this.begins.value = false;
    // A customer without a conversation is welcomed without a status; the first message starts one.
    else this.status.value ??= 'open';
    if (event.kind === 'assignee') this.assignee.value = event.assignee;
    // Sooner than the next word on the queue, of which there is one every few seconds.
    if (event.kind === 'assignee' && event.assignee !== undefined) this.queue.value = {};
    if (this.log.last.peek() >= this.expected) this.caughtUp.value = true;
  }

  private problem({ id, code, message, retryAfterMillis }: Frame<CustomerOut, 'problem'>): void {
    // Answered otherwise in another tab, which stands in the thread.
    if (id && code === 'conflict' && isAnswer(this.conversation, id)) this.outbox.discard(id);
    if (id) this.outbox.refused(id, { code, message }, retryAfterMillis);
    if (id) this.rates.refused(id, { code, message }, retryAfterMillis);
    if (code === 'blocked') this.blocked.value = true;
    const refused = code === 'token-invalid' || code === 'token-expired';
    if (refused) this.tokenRefused = true;
    // Without an id, the hello was rejected, or a consequence of it: nothing more will arrive on this connection.
    if (refused || (!id && this.connection.mustStartAgain(code))) {
      this.outbox.closed();
      this.rates.closed();
      this.connection.restart();
    }
  }

  private deliveryOf({ sequence }: CustomerEvent): Delivery {
    return sequence <= this.agentRead.value ? 'read' : 'sent';
  }

  private transmit(frame: CustomerIn): boolean {
    return this.connection.send(frame);
  }
}
