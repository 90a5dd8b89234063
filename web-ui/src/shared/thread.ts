import { signal } from '@preact/signals';

export type Arrival = 'new' | 'repeated' | 'gap';

/** A long history is shown in few steps, because the page is laid out again after each. */
const showHistoryEvery = 250;

/** The events of one conversation in the order of their sequence numbers, without gaps or repetitions. */
export class EventLog<E extends { sequence: number; id?: string }> {
  /** The visible events; while history is loading, they may lag behind the received ones. */
  readonly events = signal<E[]>([]);
  /** The sequence number of the last event received. */
  readonly last = signal(0);
  private arrived: E[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gapAt = -1;

  /** @param expected the sequence number up to which the server has announced events */
  receive(event: E, expected = 0): Arrival {
    const last = this.last.peek();
    if (event.sequence <= last) return 'repeated';
    if (event.sequence > last + 1) return 'gap';
    this.arrived.push(event);
    this.last.value = event.sequence;
    if (event.sequence >= expected) this.show();
    else this.timer ??= setTimeout(() => this.show(), showHistoryEvery);
    return 'new';
  }

  /** Shows everything that has been received. */
  show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.arrived.length === 0) return;
    this.events.value = [...this.events.peek(), ...this.arrived];
    this.arrived = [];
  }

  /** Whether to ask again: repeating the same request without progress would never end. */
  askAgain(): boolean {
    const last = this.last.peek();
    const first = this.gapAt !== last;
    this.gapAt = last;
    return first;
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.arrived = [];
    this.events.value = [];
    this.last.value = 0;
    this.gapAt = -1;
  }
}

/** Returns the same entry for an event until its delivery changes, so that only changed entries are rendered again. */
export class Entries<E extends { sequence: number; id?: string }, D> {
  private readonly known = new WeakMap<E, E & { key: string; delivery: D }>();

  of(event: E, delivery: D): E & { key: string; delivery: D } {
    const known = this.known.get(event);
    if (known && known.delivery === delivery) return known;
    const entry = { ...event, key: event.id ?? String(event.sequence), delivery };
    this.known.set(event, entry);
    return entry;
  }
}

const showTypingFor = 6_000;
const repeatTypingAfter = 3_000;

/** Somebody is typing; the notice expires in case the frame for the end is lost. */
export class TypingNotice {
  readonly name = signal<string | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(active: boolean, name = ''): void {
    clearTimeout(this.timer);
    this.name.value = active ? name : undefined;
    if (active) this.timer = setTimeout(() => this.show(false), showTypingFor);
  }
}

/** Reports that we are typing, at most every three seconds, and once when we have stopped. */
export class TypingReport {
  private last = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly report: (active: boolean) => void) {}

  typed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stopped(), repeatTypingAfter + 1_000);
    if (Date.now() - this.last < repeatTypingAfter) return;
    this.last = Date.now();
    this.report(true);
  }

  stopped(): void {
    clearTimeout(this.timer);
    if (this.last === 0) return;
    this.last = 0;
    this.report(false);
  }
}
