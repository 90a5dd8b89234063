import { computed, signal } from '@preact/signals';
import { request, type Page } from '../shared/api';
import type { Summary } from '../shared/frames';

export const views = ['mine', 'unassigned', 'open', 'resolved'] as const;
export type View = (typeof views)[number];

const questions: Record<View, { status: string; assignee: string }> = {
  mine: { status: 'open', assignee: 'me' },
  unassigned: { status: 'open', assignee: 'none' },
  open: { status: 'open', assignee: 'any' },
  resolved: { status: 'resolved', assignee: 'any' },
};

const countAgainAfter = 300;

/** The conversations that this page knows of: pages from the server, kept current by what the socket says. */
export class Inbox {
  readonly view = signal<View>('open');
  readonly counts = signal<Partial<Record<View, number>>>({});
  readonly failed = signal(false);
  readonly loading = signal(true);
  readonly next = signal<string | undefined>(undefined);
  private readonly known = signal<ReadonlyMap<string, Summary>>(new Map());
  private counting: ReturnType<typeof setTimeout> | undefined;

  readonly shown = computed(() =>
    [...this.known.value.values()]
      .filter((summary) => this.belongs(summary, this.view.value))
      .sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
  );

  /** Customers who wait for this agent, or for anybody. */
  readonly waiting = computed(
    () =>
      [...this.known.value.values()].filter(
        ({ status, waitingSince, assignee }) =>
          status === 'open' && waitingSince && (!assignee || assignee.id === this.me),
      ).length,
  );

  constructor(private readonly me: string) {}

  all(): Summary[] {
    return [...this.known.value.values()];
  }

  find(id: string): Summary | undefined {
    return this.known.value.get(id);
  }

  choose(view: View): void {
    this.view.value = view;
    void this.load();
  }

  /** The first page again: after a reconnect, what the socket did not tell may have changed. */
  async load(): Promise<void> {
    const view = this.view.peek();
    this.loading.value = true;
    try {
      const page = await this.ask(view);
      if (view !== this.view.peek()) return;
      this.next.value = page.next;
      this.failed.value = false;
      this.keep(page.items);
    } catch {
      this.failed.value = true;
    } finally {
      this.loading.value = false;
    }
    await this.count();
  }

  async more(): Promise<void> {
    const view = this.view.peek();
    const page = await this.ask(view, this.next.peek());
    if (view === this.view.peek()) this.next.value = page.next;
    this.keep(page.items);
  }

  changed(summary: Summary): void {
    this.keep([summary]);
    clearTimeout(this.counting);
    this.counting = setTimeout(() => void this.count(), countAgainAfter);
  }

  private async count(): Promise<void> {
    try {
      this.counts.value = await request<Record<View, number>>('/api/conversations/counts');
    } catch {
      // Old counts beside an honest connection state are better than none.
    }
  }

  private ask(view: View, cursor?: string): Promise<Page<Summary>> {
    return request<Page<Summary>>('/api/conversations', { query: { ...questions[view], cursor } });
  }

  private keep(summaries: Summary[]): void {
    const known = new Map(this.known.peek());
    for (const summary of summaries) {
      const old = known.get(summary.id);
      if (!old || old.lastSequence <= summary.lastSequence) known.set(summary.id, summary);
    }
    this.known.value = known;
  }

  private belongs({ status, assignee }: Summary, view: View): boolean {
    switch (view) {
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
