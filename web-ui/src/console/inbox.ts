import { batch, computed, signal } from '@preact/signals';
import { request, type Page } from '../shared/api';
import type { Counts, Summary } from '../shared/frames';
import { BulkActs } from './bulk-acts';
import { belongs, comparison, line, noFilter, type Filter, type Line, type View } from './inbox-order';
import { Labels } from './labels';
import { OwnTeams } from './own-teams';
import { loadSavedViews } from './saved-view-store';
import { Selection } from './selection';

const pageSize = 100;
/** After a reconnect as much is loaded again as there was, within reason. */
const mostLoadedAgain = 1_000;
/** Lines that arrive within this time are shown together, so that busy hours do not keep the page busy. */
const showAfter = 100;
/** A pointer that rests for so long is not about to click. */
const heldFor = 3_000;

/** What a window asks for of these conversations. */
export interface Asking {
  about: 'label' | 'priority' | 'snooze' | 'handover';
  conversations: string[];
}

/**
 * The beginning of a list that the server orders: pages of it, kept current by what the socket says. What belongs
 * behind the last page is not shown before that page is loaded, so that nothing seems to be missing in between.
 */
export class Inbox {
  readonly view = signal<View>('open');
  readonly filter = signal<Filter>(noFilter);
  readonly counts = signal<Counts | undefined>(undefined);
  readonly failed = signal(false);
  readonly loading = signal(true);
  readonly next = signal<string | undefined>(undefined);
  readonly labels = new Labels();
  readonly selection = new Selection();
  readonly bulk = new BulkActs(this.selection);
  readonly teams: OwnTeams;
  readonly asking = signal<Asking | undefined>(undefined);
  /** The conversation that is being read, which does not leave a list of unread ones by that. */
  readonly reading = signal<string | undefined>(undefined);
  /** Is told of each line that the socket brings. */
  heard: ((summary: Summary) => void) | undefined;
  private readonly known = signal<ReadonlyMap<string, Line>>(new Map());
  /** The lines in the order in which they stand under the pointer, while it is about to choose one. */
  private readonly held = signal<string[] | undefined>(undefined);
  private letGo: ReturnType<typeof setTimeout> | undefined;
  /** Where the last page ended; nothing when the list is loaded whole. */
  private end: Line | undefined;
  private readonly arrived = new Map<string, Summary>();
  private showing: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  private readonly current = computed<Summary[]>(() => {
    const { end } = this;
    const compare = comparison(this.view.value, this.filter.value.order);
    const lines: Line[] = [];
    for (const each of this.known.value.values()) {
      if (!this.belongs(each.summary)) continue;
      if (end === undefined || compare(each, end) <= 0) lines.push(each);
    }
    return lines.sort(compare).map(({ summary }) => summary);
  });

  /** While lines are held in their places, those that are new stand at the end. */
  readonly shown = computed<Summary[]>(() => {
    const current = this.current.value;
    const held = this.held.value;
    if (!held) return current;
    const known = this.known.value;
    const stay = held.flatMap((id) => known.get(id)?.summary ?? []);
    const places = new Set(held);
    return [...stay, ...current.filter(({ id }) => !places.has(id))];
  });

  constructor(private readonly me: string) {
    this.teams = new OwnTeams(me);
  }

  all(): Summary[] {
    return [...this.known.value.values()].map(({ summary }) => summary);
  }

  find(id: string): Summary | undefined {
    return this.known.value.get(id)?.summary;
  }

  /** Whether it is in the list only because the pointer is near it. */
  isLeaving(summary: Summary): boolean {
    return this.held.value !== undefined && !this.belongs(summary);
  }

  /** The pointer moves over the list: nothing is to change its place under it. */
  hold(): void {
    clearTimeout(this.letGo);
    this.letGo = setTimeout(() => this.release(), heldFor);
    this.held.value ??= this.current.peek().map(({ id }) => id);
  }

  release(): void {
    clearTimeout(this.letGo);
    this.held.value = undefined;
  }

  choose(view: View, filter: Filter = this.filter.peek()): void {
    if (view !== this.view.peek() || filter !== this.filter.peek()) {
      this.release();
      this.selection.end();
      batch(() => {
        this.end = undefined;
        this.next.value = undefined;
        this.known.value = new Map();
        this.view.value = view;
        this.filter.value = filter;
      });
    }
    void this.list();
  }

  /** All of it again: after a reconnect, what the socket did not tell may have changed. */
  async load(): Promise<void> {
    void this.labels.load();
    void this.teams.load();
    // The palette does without those that cannot be loaded; where they are managed, they are loaded again.
    loadSavedViews().catch(() => undefined);
    await this.list();
  }

  private async list(): Promise<void> {
    const mine = ++this.asked;
    const wanted = Math.min(mostLoadedAgain, Math.max(pageSize, this.current.peek().length));
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
    if (this.filter.peek().team && summary.team) this.teams.heard(summary.team.id);
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
    this.selection.drop(id);
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
    const { unread, waiting, order, ...rest } = this.filter.peek();
    const query = {
      view: this.view.peek(),
      ...rest,
      unread: unread || undefined,
      waiting: waiting || undefined,
      order: order === 'waiting' ? undefined : order,
      cursor,
      limit: pageSize,
    };
    return request<Page<Summary>>('/api/conversations', { query });
  }

  private belongs(summary: Summary): boolean {
    const reader = { me: this.me, teams: this.teams.ids.value, reads: this.reading.value };
    return belongs(this.view.value, this.filter.value, summary, reader);
  }
}
