import { signal } from '@preact/signals';

export interface Refusal {
  code: string;
  message: string;
}

/** An act that is on its way: stored by the server once, however often it is repeated with the same id. */
export interface Outgoing<F> {
  frame: F;
  /** When the person did it, in milliseconds. */
  at: number;
  refused?: Refusal;
}

export interface OutboxStore<F> {
  load(): Outgoing<F>[];
  save(entries: Outgoing<F>[]): void;
}

const repeatAfter = 10_000;
const retryable = new Set(['unavailable', 'rate-limited', 'hello-first', 'token-expired', 'token-invalid']);

/**
 * Keeps each act until the server acknowledges it. Acts of one lane leave one after the other, so that a message that
 * has to be repeated is not overtaken by the next one.
 */
export class Outbox<F extends { id: string }> {
  readonly entries = signal<Outgoing<F>[]>([]);
  private open = false;
  private readonly inFlight = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly transmit: (frame: F) => boolean,
    private readonly lane: (frame: F) => string = () => '',
    private readonly store?: OutboxStore<F>,
  ) {
    this.entries.value = store?.load() ?? [];
  }

  add(frame: F): void {
    this.change([...this.entries.value, { frame, at: Date.now() }]);
    this.pump();
  }

  holds(id: string): boolean {
    return this.find(id) !== undefined;
  }

  /** The connection is ready: everything that is not acknowledged goes again. */
  opened(): void {
    this.open = true;
    this.forgetFlights();
    this.pump();
  }

  closed(): void {
    this.open = false;
    this.forgetFlights();
  }

  acknowledged(id: string): void {
    this.land(id);
    if (this.find(id)) this.change(this.entries.value.filter((entry) => entry.frame.id !== id));
    this.pump();
  }

  /** Gives the act that was refused for good, or nothing when it will be repeated. */
  refused(id: string, refusal: Refusal, retryAfterMillis = 1_000): Outgoing<F> | undefined {
    if (!this.find(id)) return undefined;
    this.land(id);
    if (retryable.has(refusal.code)) {
      this.inFlight.set(
        id,
        setTimeout(() => {
          this.land(id);
          this.pump();
        }, retryAfterMillis),
      );
      return undefined;
    }
    this.replace(id, (entry) => ({ ...entry, refused: refusal }));
    this.pump();
    return this.find(id);
  }

  retry(id: string, change: (frame: F) => F = (frame) => frame): void {
    this.replace(id, ({ frame, at }) => ({ frame: change(frame), at }));
    this.pump();
  }

  discard(id: string): F | undefined {
    const entry = this.find(id);
    this.acknowledged(id);
    return entry?.frame;
  }

  /** Another person writes from here on. */
  clear(): void {
    this.forgetFlights();
    this.change([]);
  }

  private pump(): void {
    if (!this.open) return;
    const busy = new Set<string>();
    for (const { frame, refused } of this.entries.value) {
      const lane = this.lane(frame);
      if (refused || busy.has(lane)) continue;
      busy.add(lane);
      if (this.inFlight.has(frame.id) || !this.transmit(frame)) continue;
      const repeat = setTimeout(() => {
        this.land(frame.id);
        this.pump();
      }, repeatAfter);
      this.inFlight.set(frame.id, repeat);
    }
  }

  private find(id: string): Outgoing<F> | undefined {
    return this.entries.value.find((entry) => entry.frame.id === id);
  }

  private replace(id: string, change: (entry: Outgoing<F>) => Outgoing<F>): void {
    this.change(this.entries.value.map((entry) => (entry.frame.id === id ? change(entry) : entry)));
  }

  private land(id: string): void {
    clearTimeout(this.inFlight.get(id));
    this.inFlight.delete(id);
  }

  private forgetFlights(): void {
    for (const id of [...this.inFlight.keys()]) this.land(id);
  }

  private change(entries: Outgoing<F>[]): void {
    this.entries.value = entries;
    this.store?.save(entries);
  }
}
