import { signal } from '@preact/signals';

/** The conversations that are chosen to do the same with all of them. */
export class Selection {
  readonly chosen = signal<ReadonlySet<string>>(new Set());
  /** Whether there are boxes to choose by. */
  readonly on = signal(false);
  /** Where the last choice was made; a range begins there. */
  private anchor: string | undefined;

  begin(): void {
    this.on.value = true;
  }

  end(): void {
    this.on.value = false;
    this.anchor = undefined;
    this.chosen.value = new Set();
  }

  toggle(id: string): void {
    const chosen = new Set(this.chosen.peek());
    if (!chosen.delete(id)) chosen.add(id);
    this.put(id, chosen);
  }

  /** From the last choice to this one, as the list shows them. */
  extend(id: string, shown: string[]): void {
    const [from, to] = [shown.indexOf(this.anchor ?? id), shown.indexOf(id)].sort(
      (one, other) => one - other,
    );
    const range = from === undefined || from < 0 || to === undefined ? [id] : shown.slice(from, to + 1);
    this.put(id, new Set([...this.chosen.peek(), ...range]));
  }

  all(ids: string[]): void {
    this.on.value = true;
    this.chosen.value = new Set(ids);
  }

  drop(id: string): void {
    if (!this.chosen.peek().has(id)) return;
    const chosen = new Set(this.chosen.peek());
    chosen.delete(id);
    this.chosen.value = chosen;
  }

  private put(anchor: string, chosen: ReadonlySet<string>): void {
    this.anchor = anchor;
    this.on.value = true;
    this.chosen.value = chosen;
  }
}
