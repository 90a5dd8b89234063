import { signal } from '@preact/signals';
import { request } from '../shared/api';
import type { components } from '../shared/rest';

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

/**
 * Finds replies by words, while they are typed; what was found before stays until there is something newer. The server
 * leaves out what is not near, and has those in the customer's language go before others that are about as near.
 */
export class KnowledgeSearch {
  private readonly state = signal<'looking' | 'found' | 'failed'>('found');
  private readonly replies = signal<FoundReply[]>([]);
  private words = '';
  private chinese = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** The draft has changed, or the language of whoever is to read the reply. */
  look(text: string, chinese: boolean): void {
    const words = searchedFor(text) ?? '';
    if (words === this.words && chinese === this.chinese) return;
    this.words = words;
    this.chinese = chinese;
    clearTimeout(this.timer);
    if (!words) {
      this.replies.value = [];
      this.state.value = 'found';
      return;
    }
    this.state.value = 'looking';
    this.timer = setTimeout(() => void this.find(words, chinese), pause);
  }

  /** Also before the look at what has just been typed has begun. */
  stateOf(text: string): 'looking' | 'found' | 'failed' {
    const { value } = this.state;
    return searchedFor(text) === this.words ? value : 'looking';
  }

  /** The likeliest first. */
  matching(text: string): FoundReply[] {
    return searchedFor(text) === undefined ? [] : this.replies.value;
  }

  private async find(words: string, chinese: boolean): Promise<void> {
    let found: FoundReply[] | undefined;
    try {
      found = await request<FoundReply[]>('/api/replies/search', {
        query: { q: words, language: chinese ? 'zh' : 'en' },
      });
    } catch {
      // The list says that it could not look; another letter asks again.
      found = undefined;
    }
    if (words !== this.words || chinese !== this.chinese) return;
    this.replies.value = found ?? [];
    this.state.value = found ? 'found' : 'failed';
  }
}
