import { signal } from '@preact/signals';

/** Somebody who scrolls to within this distance of the end wants to be there. */
const nearEnd = 24;

interface Anchor {
  key: string;
  /** Its position on screen, relative to the top of the box. */
  offset: number;
  /** Its position in the thread. */
  top: number;
}

/** Where somebody is reading in a thread, and how far they have seen it. Outlives the list on screen. */
export class Place {
  /** Whether the list is at the end and follows new messages. */
  readonly following = signal(true);
  /** The newest event that was on screen while the person looked. */
  readonly seen = signal(0);
  /** The entry that keeps its position while the person reads above the end. */
  anchor: Anchor | undefined;

  reset(): void {
    this.following.value = true;
    this.seen.value = 0;
    this.anchor = undefined;
  }
}

/**
 * Keeps the position in a scrolling box when its content or the box itself changes. Scroll events do not distinguish a
 * person from growth, and arrive late; so a scroll counts as the person's only while the sizes are the same as at the
 * last check of this class, which follows each change of them.
 */
export class PlaceKeeper {
  private top = 0;
  private height = 0;
  private boxHeight = 0;
  private boxWidth = 0;
  /** Whether the box has lost its position, or never had one. */
  private lost = true;

  constructor(
    private readonly box: HTMLElement,
    private readonly list: HTMLElement,
    private readonly place: Place,
  ) {}

  scrolled(): void {
    const { box, place } = this;
    if (box.clientHeight === 0 || this.lost || this.rows().length === 0) return;
    const left = this.left();
    const up = box.scrollTop < this.top - 1;
    const sameSize =
      box.scrollHeight === this.height &&
      box.clientHeight === this.boxHeight &&
      box.clientWidth === this.boxWidth;
    if (left <= 2 || (!up && left <= nearEnd && !place.following.peek())) place.following.value = true;
    else if (up && sameSize) place.following.value = false;
    this.look();
  }

  /** To be called after anything that may have changed a size. */
  settle(): void {
    const { box, place } = this;
    if (box.clientHeight === 0) {
      this.lost = true;
      return;
    }
    if (place.following.peek()) {
      // Where there is no entry yet, what stands before them is read from its beginning.
      if (this.left() > 0.5 && this.rows().length > 0) box.scrollTop = box.scrollHeight;
      this.lost = false;
    } else {
      const { anchor } = place;
      const row = anchor && this.rows().find(({ dataset }) => dataset['key'] === anchor.key);
      if (row) {
        const moved = this.topOf(row) - anchor.top;
        if (this.lost) box.scrollTop = this.topOf(row) - anchor.offset;
        else if (Math.abs(moved) >= 1) box.scrollTop += moved;
        this.lost = false;
      }
    }
    this.look();
  }

  toEnd(): void {
    this.place.following.value = true;
    this.settle();
  }

  /** Shows an event that somebody looks for; false while it is not there. */
  toEvent(sequence: number): boolean {
    const { box, place } = this;
    if (box.clientHeight === 0) return false;
    const rows = this.rows();
    const row = rows.find(({ dataset }) => Number(dataset['sequence']) === sequence);
    if (!row) return false;
    for (const { dataset } of rows) delete dataset['found'];
    row.dataset['found'] = '';
    box.scrollTop = this.topOf(row) - box.clientHeight / 3;
    place.following.value = this.left() <= nearEnd;
    this.lost = false;
    this.look();
    return true;
  }

  /** The newest event that is completely on screen, or that fills the screen. */
  newestOnScreen(): number {
    const { box } = this;
    if (box.clientHeight === 0 || this.lost) return 0;
    const bottom = box.getBoundingClientRect().top + box.clientTop + box.clientHeight;
    const rows = this.rows();
    let at = firstWhere(rows, (row) => row.getBoundingClientRect().bottom > bottom + 2);
    const next = rows[at]?.getBoundingClientRect();
    if (next && next.height > box.clientHeight && next.top < bottom - box.clientHeight / 2) at += 1;
    while (--at >= 0) {
      const sequence = Number(rows[at]?.dataset['sequence']);
      if (sequence > 0) return sequence;
    }
    return 0;
  }

  private look(): void {
    const { box, place } = this;
    this.top = box.scrollTop;
    this.height = box.scrollHeight;
    this.boxHeight = box.clientHeight;
    this.boxWidth = box.clientWidth;
    if (place.following.peek() || this.lost) return;
    const rows = this.rows();
    const edge = box.getBoundingClientRect().top + box.clientTop;
    const first = rows[firstWhere(rows, (row) => row.getBoundingClientRect().bottom > edge)];
    const key = first?.dataset['key'];
    if (!first || key === undefined) return;
    const top = this.topOf(first);
    place.anchor = { key, top, offset: top - this.top };
  }

  private left(): number {
    return this.box.scrollHeight - this.box.clientHeight - this.box.scrollTop;
  }

  private rows(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>(':scope > [data-key]')];
  }

  private topOf(row: HTMLElement): number {
    return row.getBoundingClientRect().top - this.box.getBoundingClientRect().top + this.box.scrollTop;
  }
}

/** The index of the first row that satisfies the condition, as all following rows do. */
function firstWhere(rows: HTMLElement[], isTrue: (row: HTMLElement) => boolean): number {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const row = rows[middle];
    if (row && isTrue(row)) to = middle;
    else from = middle + 1;
  }
  return from;
}
