import { forgetLeft, keysBelow, recall, recallJson, remember } from './storage';
import { livingTabs, tabId } from './tabs';

type Kept<D> = D & { at?: number; owner?: string };

/**
 * Drafts for one place, separate for each tab, so that tabs do not overwrite each other's. The draft of a closed tab is
 * taken over by the next tab that opens the place.
 */
export class DraftStore<D extends { text: string }> {
  /**
   * @param key under which previous versions kept a single draft
   * @param readOld parses such a draft, as far as possible
   * @param owner whose drafts these are; those of others are ignored
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

  /** Returns whether it was stored. */
  keep(draft: D | undefined): boolean {
    const kept: Kept<D> | undefined = draft && { ...draft, at: Date.now(), owner: this.owner() || undefined };
    return remember(this.ownKey(), kept && JSON.stringify(kept));
  }

  /** The drafts of all other tabs, including open ones, oldest first; for viewing only. */
  others(): D[] {
    return this.left(() => true).map(({ draft }) => draft);
  }

  /**
   * @param take receives the drafts of closed tabs, oldest first, and returns whether it has accepted them; otherwise
   *     they are kept
   */
  async takeOver(take: (drafts: D[]) => boolean): Promise<void> {
    if (this.left(() => true).length === 0) return;
    const living = await this.living();
    const left = this.left((tab) => !living.has(tab));
    if (left.length === 0 || !take(left.map(({ draft }) => draft))) return;
    for (const { key } of left) remember(key, undefined);
  }

  /** Deletes drafts left behind by anybody but the current person. */
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
    // It does not contain an owner, who was the first person here.
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

/** Joins several drafts: nothing is dropped, and equal texts are included once. */
export function joined(texts: string[]): string {
  return [...new Set(texts.map((text) => text.trimEnd()).filter((text) => text.trim()))].join('\n\n');
}
