import { signal } from '@preact/signals';

export type Arrival = 'new' | 'repeated' | 'gap';

/** A long history is put on screen in few steps: after each one the page lays itself out anew. */
const showHistoryEvery = 250;

/** The events of one conversation in the order of their sequence numbers, without gaps and without repetitions. */
export class EventLog<E extends { sequence: number; id?: string }> {
  /** What is to be seen; while history is on its way, it may lag behind what has been received. */
  readonly events = signal<E[]>([]);
  /** The last one that has been received. */
  readonly last = signal(0);
  private arrived: E[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gapAt = -1;

  /** @param expected the sequence number up to which the server has said that events will come */
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

  /** Shows all that has been received. */
  show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.arrived.length === 0) return;
    this.events.value = [...this.events.peek(), ...this.arrived];
    this.arrived = [];
  }

  /** Whether asking again is new: asking twice from the same place without progress would never end. */
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

/** Gives the same entry for an event until its delivery changes: only what has changed is drawn again. */
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

/** Somebody types; a lost 'has stopped' must not leave them typing for ever. */
export class TypingNotice {
  readonly name = signal<string | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(active: boolean, name = ''): void {
    clearTimeout(this.timer);
    this.name.value = active ? name : undefined;
    if (active) this.timer = setTimeout(() => this.show(false), showTypingFor);
  }
}

/** Tells the other side that we type: at most every three seconds, and once when we have stopped. */
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
