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
  /** Done in another tab, which is the one to send it while it can. */
  elsewhere?: true;
}

/** Where acts wait that the server does not have yet; all tabs of a person share it. */
export interface OutboxStore<F> {
  load(): Outgoing<F>[];
  keep(entry: Outgoing<F>): void;
  drop(id: string): void;
  /** Forgets what others than the one who writes now have left behind. */
  clear(): void;
  /** Tells what other tabs keep, and, without an entry, what they have dropped. */
  watch?(changed: (id: string, entry: Outgoing<F> | undefined) => void): void;
}

const repeatAfter = 10_000;
/** How long an act of another tab is left to that tab. Then it is sent from here: the server stores it once anyway. */
const othersFirst = 3_000;
const retryable = new Set(['unavailable', 'rate-limited', 'hello-first', 'token-expired', 'token-invalid']);

/**
 * Keeps each act until the server acknowledges it. Acts of one lane leave one after the other, so that a message that
 * has to be repeated is not overtaken by the next one. Acts of other tabs are shown as well, and sent if their own tab
 * does not do it soon: it may be closed, asleep, or without a connection.
 */
export class Outbox<F extends { id: string }> {
  readonly entries = signal<Outgoing<F>[]>([]);
  private open = false;
  private readonly inFlight = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly leftToOthers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly transmit: (frame: F) => boolean,
    private readonly lane: (frame: F) => string = () => '',
    private readonly store?: OutboxStore<F>,
  ) {
    this.entries.value = store?.load() ?? [];
    store?.watch?.((id, entry) => this.changedElsewhere(id, entry));
  }

  add(frame: F): void {
    const entry = { frame, at: Date.now() };
    this.entries.value = [...this.entries.value, entry];
    this.store?.keep(entry);
    this.pump();
  }

  holds(id: string): boolean {
    return this.find(id) !== undefined;
  }

  /** The connection is ready: everything that is not acknowledged goes again. */
  opened(): void {
    this.open = true;
    this.forgetFlights();
    for (const { frame, elsewhere } of this.entries.value) if (elsewhere) this.leave(frame.id);
    this.pump();
  }

  closed(): void {
    this.open = false;
    this.forgetFlights();
  }

  acknowledged(id: string): void {
    this.land(id);
    if (this.find(id)) {
      this.remove(id);
      this.store?.drop(id);
    }
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

  /** Another person writes from here on; they may have begun in another tab. */
  clear(): void {
    this.forgetFlights();
    this.store?.clear();
    this.entries.value = this.store?.load() ?? [];
  }

  private changedElsewhere(id: string, entry: Outgoing<F> | undefined): void {
    const known = this.find(id);
    // What was done here stays until the server has told this tab that it has it; what was refused, any tab settles.
    if (known && !known.elsewhere && !known.refused) return;
    if (!entry) return this.remove(id);
    const others = this.entries.value.filter(({ frame }) => frame.id !== id);
    this.entries.value = [...others, { ...entry, elsewhere: true as const }].sort(
      (one, other) => one.at - other.at,
    );
    if (this.open) this.leave(id);
    this.pump();
  }

  /** Leaves an act to the tab that it was done in, for a while. */
  private leave(id: string): void {
    if (this.leftToOthers.has(id)) return;
    const takeOver = () => {
      this.leftToOthers.delete(id);
      this.entries.value = this.entries.value.map((entry) =>
        entry.frame.id === id ? { ...entry, elsewhere: undefined } : entry,
      );
      this.pump();
    };
    // Of several tabs that wait, mostly one goes first, and spares the others.
    this.leftToOthers.set(id, setTimeout(takeOver, othersFirst * (1 + Math.random() / 2)));
  }

  private remove(id: string): void {
    clearTimeout(this.leftToOthers.get(id));
    this.leftToOthers.delete(id);
    if (this.find(id)) this.entries.value = this.entries.value.filter(({ frame }) => frame.id !== id);
  }

  private pump(): void {
    if (!this.open) return;
    const busy = new Set<string>();
    for (const { frame, refused, elsewhere } of this.entries.value) {
      const lane = this.lane(frame);
      if (refused || busy.has(lane)) continue;
      busy.add(lane);
      if (elsewhere || this.inFlight.has(frame.id) || !this.transmit(frame)) continue;
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
    const known = this.find(id);
    if (!known) return;
    const changed = change(known);
    this.entries.value = this.entries.value.map((entry) => (entry === known ? changed : entry));
    this.store?.keep(changed);
  }

  private land(id: string): void {
    clearTimeout(this.inFlight.get(id));
    this.inFlight.delete(id);
  }

  private forgetFlights(): void {
    for (const id of [...this.inFlight.keys()]) this.land(id);
    this.leftToOthers.forEach((timer) => clearTimeout(timer));
    this.leftToOthers.clear();
  }
}
