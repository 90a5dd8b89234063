import { forgetLeft, keysBelow, recall, recallJson, remember } from './storage';
import { livingTabs, tabId } from './tabs';

type Kept<D> = D & { at?: number; owner?: string };

/**
 * What was begun in one place, for each tab apart: two tabs do not write over each other. What a tab has left behind
 * that is gone is taken over by the next one that looks there.
 */
export class DraftStore<D extends { text: string }> {
  /**
   * @param key where versions before this one kept the only draft
   * @param readOld reads what they have written, as far as it can be read
   * @param owner whose drafts these are; those of others are nobody's business
   */
  constructor(
    private readonly key: string,
    private readonly readOld: (text: string) => D | undefined,
    private readonly owner: () => string = () => '',
    private readonly living: () => Promise<Set<string>> = livingTabs,
  ) {}

  own(): D | undefined {
    return this.read(this.ownKey());
  }

  /** Gives whether it is kept. */
  keep(draft: D | undefined): boolean {
    const kept: Kept<D> | undefined = draft && { ...draft, at: Date.now(), owner: this.owner() || undefined };
    return remember(this.ownKey(), kept && JSON.stringify(kept));
  }

  /** What all other tabs have begun, also those that live; only to be looked at. The oldest comes first. */
  others(): D[] {
    return this.left(() => true).map(({ draft }) => draft);
  }

  /** @param take gets what was left behind, the oldest first, and says whether it has it; if not, it stays there */
  async takeOver(take: (drafts: D[]) => boolean): Promise<void> {
    if (this.left(() => true).length === 0) return;
    const living = await this.living();
    const left = this.left((tab) => !living.has(tab));
    if (left.length === 0 || !take(left.map(({ draft }) => draft))) return;
    for (const { key } of left) remember(key, undefined);
  }

  /** Forgets what others than the one who writes now have left behind. */
  clear(): void {
    const left = () =>
      keysBelow(`${this.key}.`)
        .filter((key) => !this.read(key))
        .map((key) => ({ key, tab: this.tabOf(key) }));
    void forgetLeft(left, this.living);
    remember(this.key, undefined);
  }

  private left(from: (tab: string) => boolean): { key: string; draft: Kept<D> }[] {
    const drafts = keysBelow(`${this.key}.`)
      .filter((key) => key !== this.ownKey() && from(this.tabOf(key)))
      .flatMap((key) => {
        const draft = this.read(key);
        return draft ? [{ key, draft }] : [];
      })
      .sort((one, other) => (one.draft.at ?? 0) - (other.draft.at ?? 0));
    // It does not say whose it is: it was the first person here.
    const oldText = this.owner() === '' ? recall(this.key) : undefined;
    const old = oldText === undefined ? undefined : this.readOld(oldText);
    return old ? [{ key: this.key, draft: old }, ...drafts] : drafts;
  }

  private tabOf(key: string): string {
    return key.slice(this.key.length + 1);
  }

  private read(key: string): Kept<D> | undefined {
    const kept = recallJson<Kept<D>>(key);
    return kept && typeof kept.text === 'string' && (kept.owner ?? '') === this.owner() ? kept : undefined;
  }

  private ownKey(): string {
    return `${this.key}.${tabId()}`;
  }
}

/** Several begun texts in one: nothing is dropped, and what is the same stands there once. */
export function joined(texts: string[]): string {
  return [...new Set(texts.map((text) => text.trimEnd()).filter((text) => text.trim()))].join('\n\n');
}
