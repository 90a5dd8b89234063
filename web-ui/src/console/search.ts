import { batch, signal } from '@preact/signals';
import { request } from '../shared/api';
import type { components } from '../shared/rest';
import type { Workspace } from './workspace';

export type SearchView = components['schemas']['SearchView'];
export type FoundMessage = components['schemas']['FoundMessage'];

/** So long nobody types who wants to see something. */
const pause = 200;
export const longest = 200;
const pageSize = 30;

/** By which keys and the palette find the field. */
export const searchField = 'message-search';

export const sources = ['all', 'customer', 'team', 'note'] as const;
export type Source = (typeof sources)[number];
/** In days; 0 for all. */
export const periods = [0, 7, 30, 365] as const;

/** A message that was chosen from what was found, or is named by the address. */
export interface Goal {
  conversation: string;
  sequence: number;
}

/** Finds messages, notes and customers while the words are typed; what was found before stays until there is more. */
export class MessageSearch {
  readonly words = signal('');
  readonly source = signal<Source>('all');
  readonly period = signal<number>(0);
  readonly state = signal<'none' | 'looking' | 'found' | 'failed'>('none');
  readonly found = signal<SearchView | undefined>(undefined);
  readonly goal = signal<Goal | undefined>(undefined);
  /** The event to show of a conversation; cleared as soon as it is on screen. */
  readonly event = signal<number | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = 0;

  /** Anything that decides on what is found has changed. */
  look(change: { words?: string; source?: Source; period?: number }): void {
    if (change.words !== undefined) this.words.value = change.words.slice(0, longest);
    if (change.source !== undefined) this.source.value = change.source;
    if (change.period !== undefined) this.period.value = change.period;
    clearTimeout(this.timer);
    this.asked += 1;
    if (!this.words.peek().trim()) {
      this.state.value = 'none';
      this.found.value = undefined;
      return;
    }
    this.state.value = 'looking';
    this.timer = setTimeout(() => void this.find(), pause);
  }

  async find(): Promise<void> {
    await this.ask(undefined, (found) => found);
  }

  async more(): Promise<void> {
    const before = this.found.peek();
    if (before?.next === undefined || this.state.peek() === 'looking') return;
    await this.ask(before.next, (found) => ({
      ...found,
      customers: before.customers,
      items: [...before.items, ...found.items],
    }));
  }

  private async ask(cursor: string | undefined, put: (found: SearchView) => SearchView): Promise<void> {
    const mine = ++this.asked;
    this.state.value = 'looking';
    const source = this.source.peek();
    const days = this.period.peek();
    try {
      const found = await request<SearchView>('/api/search', {
        query: {
          q: this.words.peek().trim(),
          source: source === 'all' ? undefined : source,
          from: days ? new Date(Date.now() - days * 86_400_000).toISOString() : undefined,
          cursor,
          limit: pageSize,
        },
      });
      if (mine !== this.asked) return;
      this.found.value = put(found);
      this.state.value = 'found';
    } catch {
      // The list says so, and offers to try again.
      if (mine === this.asked) this.state.value = 'failed';
    }
  }
}

/** Opens the conversation that an address names, and the message in it. */
export function follow(workspace: Workspace, hash: string): void {
  const [, conversation, sequence] = /^#\/c\/([\w-]+)(?:\/(\d{1,15}))?$/.exec(hash) ?? [];
  goTo(workspace, conversation, sequence === undefined ? undefined : Number(sequence));
}

export function goTo(workspace: Workspace, conversation: string | undefined, sequence?: number): void {
  workspace.select(conversation);
  const { goal, event } = workspace.messages;
  batch(() => {
    event.value = sequence;
    goal.value =
      conversation !== undefined && sequence !== undefined ? { conversation, sequence } : undefined;
  });
}

export function addressOf(conversation: string, sequence: number): string {
  return new URL(`#/c/${conversation}/${String(sequence)}`, location.href.split('#')[0]).href;
}
