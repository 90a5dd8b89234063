import { computed, signal } from '@preact/signals';
import { Problem } from './api';
import { Connection, type Wire } from './connection';
import {
  customerOut,
  never,
  type CustomerEvent,
  type CustomerIn,
  type CustomerOut,
  type Frame,
} from './frames';
import { Outbox, type OutboxStore, type Refusal } from './outbox';
import { EventLog, TypingNotice, TypingReport } from './thread';

type Send = Frame<CustomerIn, 'send'>;

export interface CustomerClientOptions {
  open: () => Wire;
  /** A token that is valid now; `refused` says that the server did not take the last one. */
  token: (refused: boolean) => Promise<string>;
  store?: OutboxStore<Send>;
  random?: () => number;
}

export type Delivery = 'sending' | 'sent' | 'read' | 'failed';

export interface CustomerEntry {
  key: string;
  at: string;
  kind: CustomerEvent['kind'];
  author: CustomerEvent['author'];
  text?: string;
  status?: CustomerEvent['status'];
  assignee?: string;
  /** Of the customer's own messages. */
  delivery?: Delivery;
  refused?: Refusal;
}

/** The customer's side of the protocol: one conversation. */
export class CustomerClient {
  readonly log = new EventLog<CustomerEvent>();
  readonly outbox: Outbox<Send>;
  readonly connection: Connection;
  readonly agentTyping = new TypingNotice();
  readonly status = signal<'open' | 'resolved' | undefined>(undefined);
  readonly assignee = signal<string | undefined>(undefined);
  readonly agentsOnline = signal(false);
  readonly maxTextLength = signal(8_000);
  readonly customerRead = signal(0);
  readonly agentRead = signal(0);
  /** The conversation is on screen in full; before that an empty thread means nothing. */
  readonly caughtUp = signal(false);
  /** The server has no room for this page, mostly because the customer has too many of them open. */
  readonly turnedAway = signal(false);
  /** The team takes no more messages from this customer; should that change, the chat goes on by itself. */
  readonly blocked = signal(false);
  private readonly typing = new TypingReport((active) => this.transmit({ type: 'typing', active }));
  private expected = 0;
  private conversation: string | undefined;
  private tokenRefused = false;

  readonly entries = computed<CustomerEntry[]>(() => {
    const stored = this.log.events.value;
    const known = new Set(stored.map((event) => event.id));
    const waiting = this.outbox.entries.value.filter(({ frame }) => !known.has(frame.id));
    return [
      ...stored.map((event) => ({
        ...event,
        key: event.id ?? String(event.sequence),
        delivery: event.author.kind === 'customer' ? this.deliveryOf(event) : undefined,
      })),
      ...waiting.map(({ frame, at, refused }) => ({
        key: frame.id,
        at: new Date(at).toISOString(),
        kind: 'message' as const,
        author: { kind: 'customer' as const },
        text: frame.text,
        delivery: refused ? ('failed' as const) : ('sending' as const),
        refused,
      })),
    ];
  });

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
      received: (frame) => this.receive(customerOut(frame, 'frame')),
      closed: (code) => {
        this.outbox.closed();
        this.tokenRefused ||= code === 4401;
        // Later than its welcome, a page is closed with this code for what it has done itself.
        this.turnedAway.value = code === 4429 && this.connection.health.peek() !== 'online';
        return this.turnedAway.peek() || this.blocked.peek() ? 'slowly' : 'soon';
      },
    });
  }

  send(text: string): void {
    this.typing.stopped();
    this.outbox.add({ type: 'send', id: crypto.randomUUID(), text });
  }

  typed(): void {
    this.typing.typed();
  }

  /** The person has seen everything that is on screen. */
  readAll(): void {
    const last = this.log.last.peek();
    if (last <= this.customerRead.peek() || !this.transmit({ type: 'read', sequence: last })) return;
    this.customerRead.value = last;
  }

  /** Another person writes from here on. */
  reset(): void {
    this.log.clear();
    this.status.value = undefined;
    this.assignee.value = undefined;
    this.agentTyping.show(false);
    this.conversation = undefined;
    this.caughtUp.value = false;
    this.turnedAway.value = false;
    this.blocked.value = false;
    this.connection.stop();
    this.outbox.closed();
    this.connection.start();
  }

  private async hello(): Promise<void> {
    try {
      const token = await this.options.token(this.tokenRefused);
      this.tokenRefused = false;
      this.transmit({ type: 'hello', token, after: this.log.last.peek() });
    } catch (problem) {
      if (problem instanceof Problem && problem.code === 'blocked') this.blocked.value = true;
      // No token now (offline, or too many requests): the back-off decides when to ask again.
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
        this.conversation = frame.conversation;
        return this.outbox.acknowledged(frame.id);
      case 'typing':
        return this.agentTyping.show(frame.active, frame.name);
      case 'read':
        if (frame.by === 'agent') this.agentRead.value = Math.max(this.agentRead.peek(), frame.sequence);
        else this.customerRead.value = Math.max(this.customerRead.peek(), frame.sequence);
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

  private welcome(frame: Frame<CustomerOut, 'welcome'>): void {
    if (this.conversation && frame.conversation !== this.conversation) {
      // The token belongs to somebody else now; what is on screen is not theirs.
      this.log.clear();
    }
    this.conversation = frame.conversation;
    this.status.value = frame.status;
    this.assignee.value = frame.assignee;
    this.agentsOnline.value = frame.agentsOnline;
    this.maxTextLength.value = frame.maxTextLength;
    this.customerRead.value = frame.customerRead;
    this.agentRead.value = frame.agentRead;
    this.expected = frame.last;
    this.caughtUp.value = this.log.last.peek() >= this.expected;
    this.turnedAway.value = false;
    this.blocked.value = false;
    this.connection.ready();
    this.outbox.opened();
  }

  private event(event: CustomerEvent): void {
    if (event.author.kind !== 'customer') this.agentTyping.show(false);
    const arrival = this.log.receive(event);
    if (event.id) this.outbox.acknowledged(event.id);
    if (arrival === 'gap') {
      if (this.log.askAgain()) void this.hello();
      else this.connection.restart();
      return;
    }
    if (arrival === 'repeated') return;
    if (event.kind === 'status') this.status.value = event.status;
    if (event.kind === 'assignee') this.assignee.value = event.assignee;
    if (this.log.last.peek() >= this.expected) this.caughtUp.value = true;
  }

  private problem({ id, code, message, retryAfterMillis }: Frame<CustomerOut, 'problem'>): void {
    if (id) this.outbox.refused(id, { code, message }, retryAfterMillis);
    if (code === 'blocked') this.blocked.value = true;
    if (code === 'token-invalid' || code === 'token-expired') {
      this.tokenRefused = true;
      this.outbox.closed();
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
