import { signal } from '@preact/signals';

export interface Refusal {
  code: string;
  message: string;
}

/** A pending action. The server stores it only once, however often it is repeated with the same id. */
export interface Outgoing<F> {
  frame: F;
  /** When the person did it, in milliseconds. */
  at: number;
  refused?: Refusal;
  /** Not sent before, so that the person can take it back, in milliseconds; see HeldOutbox. */
  heldUntil?: number;
  /** Done in another tab, which sends it if it can. */
  elsewhere?: true;
}

/** Stores actions that the server does not have yet; shared by all tabs of a person. */
export interface OutboxStore<F> {
  load(): Outgoing<F>[];
  keep(entry: Outgoing<F>): void;
  drop(id: string): void;
  /** Deletes actions left behind by anybody but the current person. */
  clear(): void;
  /** Reports actions stored by other tabs and, without an entry, those they have removed. */
  watch?(changed: (id: string, entry: Outgoing<F> | undefined) => void): void;
}

const repeatAfter = 10_000;
/** How long to wait for another tab to send its own action. Then this tab sends it: the server stores it only once. */
const othersFirst = 3_000;
const retryable = new Set(['unavailable', 'rate-limited', 'hello-first', 'token-expired', 'token-invalid']);

/**
 * Keeps each action until the server acknowledges it. Actions of one lane are sent one at a time, so that the next
 * message does not overtake one that has to be repeated. Actions of other tabs are shown as well, and are sent if their
 * own tab does not do so soon: it may be closed, asleep or offline.
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
    this.enter({ frame, at: Date.now() });
  }

  protected enter(entry: Outgoing<F>): void {
    this.entries.value = [...this.entries.value, entry];
    this.store?.keep(entry);
    this.pump();
  }

  holds(id: string): boolean {
    return this.find(id) !== undefined;
  }

  /** The connection is ready: resend everything that is not acknowledged. */
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

  /** Returns the action if it was rejected for good, or nothing if it will be repeated. */
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

  /** A different person writes from now on; they may already have started in another tab. */
  clear(): void {
    this.forgetFlights();
    this.store?.clear();
    this.entries.value = this.store?.load() ?? [];
  }

  private changedElsewhere(id: string, entry: Outgoing<F> | undefined): void {
    const known = this.find(id);
    // This tab's actions are kept until the server has acknowledged them to it; any tab may settle rejected ones.
    if (known && !known.elsewhere && !known.refused) return;
    if (!entry) return this.remove(id);
    const others = this.entries.value.filter(({ frame }) => frame.id !== id);
    this.entries.value = [...others, { ...entry, elsewhere: true as const }].sort(
      (one, other) => one.at - other.at,
    );
    if (this.open) this.leave(id);
    this.pump();
  }

  /** Leaves an action to its own tab for a while. */
  private leave(id: string): void {
    if (this.leftToOthers.has(id)) return;
    const takeOver = () => {
      this.leftToOthers.delete(id);
      this.entries.value = this.entries.value.map((entry) =>
        entry.frame.id === id ? { ...entry, elsewhere: undefined } : entry,
      );
      this.pump();
    };
    // If several tabs are waiting, the random delay usually lets one go first, which spares the others.
    // Its own tab may still hold it.
    const held = Math.max(0, (this.find(id)?.heldUntil ?? 0) - Date.now());
    this.leftToOthers.set(id, setTimeout(takeOver, held + othersFirst * (1 + Math.random() / 2)));
  }

  private remove(id: string): void {
    clearTimeout(this.leftToOthers.get(id));
    this.leftToOthers.delete(id);
    if (this.find(id)) this.entries.value = this.entries.value.filter(({ frame }) => frame.id !== id);
  }

  protected pump(): void {
    if (!this.open) return;
    const busy = new Set<string>();
    for (const { frame, refused, elsewhere, heldUntil } of this.entries.value) {
      const lane = this.lane(frame);
      if (refused || busy.has(lane)) continue;
      busy.add(lane);
      if (elsewhere || heldUntil || this.inFlight.has(frame.id) || !this.transmit(frame)) continue;
      const repeat = setTimeout(() => {
        this.land(frame.id);
        this.pump();
      }, repeatAfter);
      this.inFlight.set(frame.id, repeat);
    }
  }

  protected find(id: string): Outgoing<F> | undefined {
    return this.entries.value.find((entry) => entry.frame.id === id);
  }

  protected replace(id: string, change: (entry: Outgoing<F>) => Outgoing<F>): void {
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
