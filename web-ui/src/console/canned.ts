import { signal } from '@preact/signals';
import type { AgentThread } from '../shared/agent';
import { request } from '../shared/api';
import { language } from '../shared/language';

export interface CannedReply {
  id: string;
  shortcode: string;
  title: string;
  text: string;
  language?: string;
  /** Short answers that it offers. */
  choices?: string[];
}

const loadAgainAfter = 60_000;
const shownAtMost = 8;

// A Chinese keyboard gives '、' or '／' where others give '/'. With a second slash it is a path and no shortcode.
const begins = /^[/／、]([\p{L}\p{N}_-]*)$/u;

/** Chinese or not is what can be told from a few words, and what the two languages of this product need. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text) && !/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text);
}

export function speaksChinese({ language, text }: Pick<CannedReply, 'language' | 'text'>): boolean {
  return language ? language.toLowerCase().startsWith('zh') : isChinese(text);
}

/** In which language a canned reply is wanted: that of the customer's newest words, or the page's. */
export function answersInChinese(thread: AgentThread): boolean {
  const words = thread.entries.value
    .filter(({ kind, author }) => kind === 'message' && author.kind === 'customer')
    .slice(-3)
    .map((entry) => entry.text ?? '')
    .join(' ');
  return words ? isChinese(words) : language.value === 'zh';
}

/** The replies that agents insert by their shortcode, known whole, so that no keystroke waits for the server. */
export class CannedReplies {
  private readonly replies = signal<CannedReply[]>([]);
  private loadedAt = -Infinity;

  async load(): Promise<void> {
    if (Date.now() - this.loadedAt < loadAgainAfter) return;
    this.loadedAt = Date.now();
    try {
      this.replies.value = await request<CannedReply[]>('/api/replies/canned');
    } catch {
      // What was known goes on working; what looks like a shortcode is asked about before it is sent.
      this.loadedAt = -Infinity;
    }
  }

  /**
   * What the text, which is nothing but the beginning of a shortcode, may become: whoever has typed the whole of one means
   * it; then those in the language.
   */
  matching(text: string, chinese: boolean): CannedReply[] {
    const begun = begins.exec(text.trim())?.[1]?.toLowerCase();
    if (begun === undefined) return [];
    const rank = (reply: CannedReply) =>
      2 * Number(reply.shortcode.toLowerCase() === begun) + Number(speaksChinese(reply) === chinese);
    return this.replies.value
      .filter(({ shortcode }) => shortcode.toLowerCase().startsWith(begun))
      .sort((one, other) => rank(other) - rank(one))
      .slice(0, shownAtMost);
  }

  exactly(text: string): CannedReply | undefined {
    const code = begins.exec(text.trim())?.[1]?.toLowerCase();
    return this.replies.peek().find(({ shortcode }) => shortcode.toLowerCase() === code);
  }

  /**
   * A word that no customer should read: a text of nothing but a shortcode, known or not, or a known one among other
   * words. Paths, addresses and whatever else has a slash are texts.
   */
  unsent(text: string): string | undefined {
    const trimmed = text.trim();
    const word = /^[/／]/.test(trimmed) ? begins.exec(trimmed)?.[0] : undefined;
    return word ?? trimmed.split(/\s+/).find((each) => this.exactly(each));
  }
}
