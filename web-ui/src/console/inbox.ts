import { computed, signal } from '@preact/signals';
import { request, type Page } from '../shared/api';
import type { Counts, Summary } from '../shared/frames';

export const views = ['mine', 'unassigned', 'open', 'resolved'] as const;
export type View = (typeof views)[number];

const questions: Record<View, { status: string; assignee: string }> = {
  mine: { status: 'open', assignee: 'me' },
  unassigned: { status: 'open', assignee: 'none' },
  open: { status: 'open', assignee: 'any' },
  resolved: { status: 'resolved', assignee: 'any' },
};

const pageSize = 100;
/** After a reconnect as much is loaded again as there was, within reason. */
const mostLoadedAgain = 1_000;
/** Lines that arrive within this time are shown together, so that busy hours do not keep the page busy. */
const showAfter = 100;

/** A conversation with what its place in the list depends on, in numbers: texts of times do not sort by time. */
interface Line {
  summary: Summary;
  waitsSince: number;
  changedAt: number;
}

function line(summary: Summary): Line {
  const waits = summary.status === 'open' && summary.waitingSince !== undefined;
  return {
    summary,
    waitsSince: waits ? Date.parse(summary.waitingSince ?? '') : Infinity,
    changedAt: Date.parse(summary.updatedAt),
  };
}

/** As the server orders them: whoever waits longest, then the others from the newest change on. */
function compare(one: Line, other: Line): number {
  const sameWait = one.waitsSince === other.waitsSince;
  if (!sameWait) return one.waitsSince < other.waitsSince ? -1 : 1;
  if (one.waitsSince === Infinity && one.changedAt !== other.changedAt)
    return other.changedAt - one.changedAt;
  return one.summary.id < other.summary.id ? -1 : one.summary.id > other.summary.id ? 1 : 0;
}

/**
 * The beginning of a list that the server orders: pages of it, kept current by what the socket says. What belongs
 * behind the last page is not shown before that page is loaded, so that nothing seems to be missing in between.
 */
export class Inbox {
  readonly view = signal<View>('open');
  readonly counts = signal<Counts | undefined>(undefined);
  readonly failed = signal(false);
  readonly loading = signal(true);
  readonly next = signal<string | undefined>(undefined);
  /** Is told of each line that the socket brings. */
  heard: ((summary: Summary) => void) | undefined;
  private readonly known = signal<ReadonlyMap<string, Line>>(new Map());
  /** Where the last page ended; nothing when the list is loaded whole. */
  private end: Line | undefined;
  private readonly arrived = new Map<string, Summary>();
  private showing: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  readonly shown = computed<Summary[]>(() => {
    const { end } = this;
    const lines: Line[] = [];
    for (const each of this.known.value.values()) {
      if (!this.belongs(each.summary)) continue;
      if (end === undefined || compare(each, end) <= 0) lines.push(each);
    }
    return lines.sort(compare).map(({ summary }) => summary);
  });

  constructor(private readonly me: string) {}

  all(): Summary[] {
    return [...this.known.value.values()].map(({ summary }) => summary);
  }

  find(id: string): Summary | undefined {
    return this.known.value.get(id)?.summary;
  }

  choose(view: View): void {
    if (view !== this.view.peek()) {
      this.end = undefined;
      this.next.value = undefined;
      this.known.value = new Map();
      this.view.value = view;
    }
    void this.load();
  }

  /** All of it again: after a reconnect, what the socket did not tell may have changed. */
  async load(): Promise<void> {
    const mine = ++this.asked;
    const wanted = Math.min(mostLoadedAgain, Math.max(pageSize, this.shown.peek().length));
    this.loading.value = true;
    try {
      const items: Summary[] = [];
      let next: string | undefined;
      do {
        const page = await this.ask(next);
        if (mine !== this.asked) return;
        items.push(...page.items);
        next = page.next;
      } while (next !== undefined && items.length < wanted);
      this.put(new Map(), items, next);
      this.failed.value = false;
    } catch {
      if (mine === this.asked) this.failed.value = true;
    } finally {
      if (mine === this.asked) this.settled();
    }
  }

  async more(): Promise<void> {
    const from = this.next.peek();
    if (from === undefined || this.loading.peek()) return;
    const mine = ++this.asked;
    this.loading.value = true;
    try {
      const page = await this.ask(from);
      if (mine !== this.asked) return;
      this.put(this.known.peek(), page.items, page.next);
      this.failed.value = false;
    } catch {
      if (mine === this.asked) this.failed.value = true;
    } finally {
      if (mine === this.asked) this.settled();
    }
  }

  changed(summary: Summary): void {
    this.arrived.set(summary.id, summary);
    this.heard?.(summary);
    // Set once and not again with each line: however many come, they are shown.
    this.showing ??= setTimeout(() => {
      this.showing = undefined;
      // While a page is on its way, it may be older than these.
      if (!this.loading.peek()) this.known.value = this.merged(this.known.peek(), []);
    }, showAfter);
  }

  /** It is gone for good. */
  erased(id: string): void {
    this.arrived.delete(id);
    const known = new Map(this.known.peek());
    if (known.delete(id)) this.known.value = known;
  }

  private settled(): void {
    this.loading.value = false;
    if (this.arrived.size) this.known.value = this.merged(this.known.peek(), []);
  }

  private put(known: ReadonlyMap<string, Line>, items: Summary[], next: string | undefined): void {
    const last = items.at(-1);
    this.end = next !== undefined && last ? line(last) : undefined;
    this.next.value = next;
    this.known.value = this.merged(known, items);
  }

  private merged(known: ReadonlyMap<string, Line>, items: Summary[]): Map<string, Line> {
    const merged = new Map(known);
    for (const summary of [...items, ...this.arrived.values()]) {
      const old = merged.get(summary.id);
      if (!old || old.summary.lastSequence <= summary.lastSequence) merged.set(summary.id, line(summary));
    }
    this.arrived.clear();
    return merged;
  }

  private ask(cursor?: string): Promise<Page<Summary>> {
    const query = { ...questions[this.view.peek()], cursor, limit: pageSize };
    return request<Page<Summary>>('/api/conversations', { query });
  }

  private belongs({ status, assignee }: Summary): boolean {
    switch (this.view.value) {
      case 'mine':
        return status === 'open' && assignee?.id === this.me;
      case 'unassigned':
        return status === 'open' && !assignee;
      case 'open':
        return status === 'open';
      case 'resolved':
        return status === 'resolved';
    }
  }
}
