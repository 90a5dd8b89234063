import { computed, signal } from '@preact/signals';

export type Arrival = 'new' | 'repeated' | 'gap';

/** The events of one conversation in the order of their sequence numbers, without gaps and without repetitions. */
export class EventLog<E extends { sequence: number; id?: string }> {
  readonly events = signal<E[]>([]);
  readonly last = computed(() => this.events.value.at(-1)?.sequence ?? 0);
  private gapAt = -1;

  receive(event: E): Arrival {
    const last = this.last.peek();
    if (event.sequence <= last) return 'repeated';
    if (event.sequence > last + 1) return 'gap';
    this.events.value = [...this.events.value, event];
    return 'new';
  }

  /** Whether asking again is new: asking twice from the same place without progress would never end. */
  askAgain(): boolean {
    const last = this.last.peek();
    const first = this.gapAt !== last;
    this.gapAt = last;
    return first;
  }

  clear(): void {
    this.events.value = [];
    this.gapAt = -1;
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
