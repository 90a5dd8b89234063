import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { components } from '../shared/rest';
import { speaksChinese } from './canned';

export type FoundReply = components['schemas']['FoundReply'];

/** So long nobody types who wants to see something. */
const pause = 200;
const longest = 200;

// A Chinese keyboard gives '？' where others give '?'. Two of them alone are a text.
const begins = /^[?？]{2}[ \t]*([^\s?？!！][^\n]*)$/u;

/** What the draft asks the knowledge base, if it does. */
export function searchedFor(text: string): string | undefined {
  const words = begins.exec(text)?.[1]?.trim();
  return words === undefined ? undefined : [...words].slice(0, longest).join('');
}

/** Finds replies by words, while they are typed; what was found before stays until there is something newer. */
export class KnowledgeSearch {
  private readonly state = signal<'looking' | 'found' | 'failed'>('found');
  private readonly replies = signal<FoundReply[]>([]);
  private words = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The draft has changed. */
  look(text: string): void {
    const words = searchedFor(text) ?? '';
    if (words === this.words) return;
    this.words = words;
    clearTimeout(this.timer);
    if (!words) {
      this.replies.value = [];
      this.state.value = 'found';
      return;
    }
    this.state.value = 'looking';
    this.timer = setTimeout(() => void this.find(words), pause);
  }

  /** Also before the look at what has just been typed has begun. */
  stateOf(text: string): 'looking' | 'found' | 'failed' {
    const { value } = this.state;
    return searchedFor(text) === this.words ? value : 'looking';
  }

  /** Those in the language first; otherwise the likeliest. */
  matching(text: string, chinese: boolean): FoundReply[] {
    if (searchedFor(text) === undefined) return [];
    const rank = (reply: FoundReply) => Number(speaksChinese(reply) === chinese);
    return [...this.replies.value].sort((one, other) => rank(other) - rank(one));
  }

  private async find(words: string): Promise<void> {
    let found: FoundReply[] | undefined;
    try {
      found = await request<FoundReply[]>('/api/replies/search', { query: { q: words } });
    } catch {
      // The list says that it could not look; another letter asks again.
      found = undefined;
    }
    if (words !== this.words) return;
    this.replies.value = found ?? [];
    this.state.value = found ? 'found' : 'failed';
  }
}
